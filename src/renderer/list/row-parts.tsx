import { AlarmClock, Clock, Forward, Paperclip, Reply, Star, TriangleAlert } from 'lucide-react';
import type { ListRow } from '../../shared/contract/views';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { COMMAND_ICONS } from '../commands/command-icons';
import { listStrings } from '../strings/list';
import styles from './message-row.module.css';
import marks from './row-marks.module.css';
import type { RowTimes } from './row-time';
import { snoozeTime } from './snooze-words';

/** What a control of a row does: ticking it, or a command; the grid reads it from `data-control`. */
export const ROW_CONTROLS = [
  'select',
  'mail.star',
  'mail.archive',
  'mail.trash',
  'mail.snooze',
  'mail.markRead',
  'mail.markUnread',
  'changes.attention',
] as const;
export type RowControl = (typeof ROW_CONTROLS)[number];

/** Controls are not in the tab order: Right arrow enters them (ui.md section 8). */
const control = (name: RowControl) => ({ type: 'button' as const, tabIndex: -1, 'data-control': name });

export function StarButton({ starred }: { readonly starred: boolean }) {
  return (
    <button
      {...control('mail.star')}
      aria-pressed={starred}
      aria-label={commandTitles['mail.star']}
      className={styles.star}
    >
      <Star size={16} />
    </button>
  );
}

/** Small marks before the time, the paper clip in a column of its own; the row's name says the same in words. */
export function RowIcons({ row }: { readonly row: ListRow }) {
  return (
    <>
      {(row.answered || row.forwarded) && (
        <span className={marks.icons} aria-hidden>
          {row.answered && <Reply size={16} />}
          {row.forwarded && <Forward size={16} />}
        </span>
      )}
      <span className={marks.clip} aria-hidden>
        {row.hasAttachment && <Paperclip size={16} />}
      </span>
    </>
  );
}

interface RowTimeProps {
  readonly row: ListRow;
  readonly times: RowTimes;
  readonly today: number;
}

/** When it came; of what is put off when it comes back, and of what is back since when (UI-024). */
export function RowTime({ row, times, today }: RowTimeProps) {
  const { snoozedUntil, backSince, date } = row;
  if (snoozedUntil !== null) return snoozeTime(snoozedUntil, today);
  if (backSince === null) return times.short(date, today);
  const time = times.short(backSince, today);
  return (
    <span className={styles.back}>
      <span className={styles.backWords}>{listStrings.backSince(time)}</span>
      <span className={styles.backShort}>
        <AlarmClock size={14} aria-hidden />
        {time}
      </span>
    </span>
  );
}

interface MarkProps {
  readonly mark: ListRow['mark'];
  /** What is wrong, for a row that needs attention (APP-194). */
  readonly trouble: string | null;
}

/** Waiting = a small clock; needs attention = a triangle (UI-024); the quick actions open the entry. */
export function RowMarkIcon({ mark, trouble }: MarkProps) {
  switch (mark) {
    case 'none':
      return null;
    case 'waiting':
      return (
        <span className={marks.waiting} title={listStrings.waiting}>
          <Clock size={14} aria-hidden />
        </span>
      );
    case 'parked':
      return (
        <span className={marks.parked} title={trouble ?? listStrings.parked}>
          <TriangleAlert size={16} aria-hidden />
        </span>
      );
  }
}

interface QuickActionsProps extends MarkProps {
  readonly unread: boolean;
}

/** The same actions for pointer and keyboard (APP-059); select and star are in the row already. */
export function QuickActions({ unread, mark, trouble }: QuickActionsProps) {
  return (
    <span className={styles.quick}>
      {mark === 'parked' && <Quick name="changes.attention" label={listStrings.reviewOf(trouble)} />}
      <Quick name="mail.archive" />
      <Quick name="mail.trash" />
      <Quick name="mail.snooze" />
      <Quick name={unread ? 'mail.markRead' : 'mail.markUnread'} />
    </span>
  );
}

interface QuickProps {
  readonly name: Exclude<RowControl, 'select'>;
  readonly label?: string;
}

function Quick({ name, label = commandTitles[name] }: QuickProps) {
  const Icon = COMMAND_ICONS[name];
  return (
    <button {...control(name)} title={label} aria-label={label} className={styles.quickButton}>
      {Icon && <Icon size={16} />}
    </button>
  );
}
