import {
  CalendarClock,
  CalendarDays,
  MessageSquareReply,
  Moon,
  Sofa,
  Sun,
  Sunrise,
  Wifi,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { SNOOZE_UNTIL } from '../../shared/domain';
import { CommandItem } from '../commands/command-items';
import { openList } from '../list/open-list';
import { createRowTimes, startOfDay } from '../list/row-time';
import type { Selection } from '../list/selection';
import { closeDialog, openDialog, useUi } from '../state/ui-store';
import { snoozeStrings } from '../strings/snooze';
import { useHost } from '../transport/use-host';
import { ContextMenu, type MenuPoint } from '../ui/context-menu';
import { MenuItem, MenuSeparator } from '../ui/menu';
import { snoozeUntil } from './snooze';
import { type SnoozePreset, snoozePresets, weekendOf } from './snooze-presets';

const times = createRowTimes(undefined);

const ICONS: Record<SnoozePreset['id'], ReactNode> = {
  'later-today': <Sun />,
  'this-evening': <Moon />,
  tomorrow: <Sunrise />,
  weekend: <Sofa />,
  'next-week': <CalendarDays />,
};

/** The menu closes also when its last choice has opened the dialog. */
function close(): void {
  if (useUi.getState().dialog?.kind === 'snooze') closeDialog();
}

interface SnoozeMenuProps {
  readonly rows: Selection;
  readonly at: MenuPoint;
  /** What is put off can also come back now. */
  readonly asleep: boolean;
}

/** Until when? Moments worth choosing with their times, what one may wait for instead, and any other (APP-163). */
export function SnoozeMenu({ rows, at, asleep }: SnoozeMenuProps) {
  const online = useHost((state) => state.status?.online ?? true);
  const list = openList();
  if (!list) return null;
  const now = Date.now();
  return (
    <ContextMenu at={at} label={snoozeStrings.title} onClose={close}>
      {snoozePresets(now, weekendOf(navigator.language)).map(({ id, until }) => (
        <MenuItem
          key={id}
          id={id}
          icon={ICONS[id]}
          label={snoozeStrings.presets[id]}
          detail={times.until(until, startOfDay(now))}
          onAction={() => snoozeUntil(list, rows, until)}
        />
      ))}
      <MenuSeparator />
      <MenuItem
        id="answered"
        icon={<MessageSquareReply />}
        label={snoozeStrings.whenAnswered}
        onAction={() => snoozeUntil(list, rows, SNOOZE_UNTIL.answered)}
      />
      {!online && (
        <MenuItem
          id="online"
          icon={<Wifi />}
          label={snoozeStrings.whenOnline}
          onAction={() => snoozeUntil(list, rows, SNOOZE_UNTIL.online)}
        />
      )}
      <MenuItem
        id="pick"
        icon={<CalendarClock />}
        label={snoozeStrings.pick}
        onAction={() => openDialog({ kind: 'snooze-date', rows })}
      />
      {asleep && <CommandItem id="mail.unsnooze" target={{ kind: 'rows', rows, itemId: 0 }} />}
    </ContextMenu>
  );
}
