import {
  AlarmClock,
  AppWindow,
  Archive,
  Download,
  FolderInput,
  Forward,
  Inbox,
  Mail,
  MailCheck,
  MailOpen,
  OctagonAlert,
  Reply,
  ReplyAll,
  Star,
  Tag,
  Trash2,
} from 'lucide-react';
import type { ListRow } from '../../shared/contract/views';
import { roleOfList } from '../actions/known';
import { ORGANISE, type Organise, organise } from '../actions/organise';
import { saveRows } from '../actions/save-rows';
import { toggleStar, trashOrDelete } from '../actions/use-mail-commands';
import { useShortcutOf } from '../commands/key-bindings';
import { canRun } from '../commands/registry';
import { writeAbout } from '../compose/start-draft';
import { openDialog } from '../state/ui-store';
import { commandTitles } from '../strings/commands';
import { composeStrings } from '../strings/compose';
import { listStrings } from '../strings/list';
import { ContextMenu, type MenuPoint } from '../ui/context-menu';
import { MenuItem, MenuSeparator } from '../ui/menu';
import type { ListController } from './list-controller';
import { isSelected, selectRows } from './selection';

export interface RowMenuPlace extends MenuPoint {
  readonly row: ListRow;
}

interface RowMenuProps {
  readonly place: RowMenuPlace;
  readonly list: ListController;
  onOpenWindow(itemId: number): void;
  onClose(): void;
}

/** What can be done with a row; with all ticked rows when it is one of them. */
export function RowMenu({ place, list, onOpenWindow, onClose }: RowMenuProps) {
  const { row } = place;
  const shortcutOf = useShortcutOf();
  const { selection } = list.snapshot();
  const rows = isSelected(selection, row.itemId) ? selection : selectRows([row.itemId]);
  const ids = rows.mode === 'some' ? [...rows.ids] : undefined;
  const act = (action: Organise) => () => void organise(list, rows, action);
  const unread = row.unreadCount > 0;
  return (
    <ContextMenu at={place} label={row.subject || listStrings.noSubject} onClose={onClose}>
      <MenuItem
        icon={<AppWindow />}
        label={commandTitles['list.openWindow']}
        shortcut={shortcutOf('list.openWindow')}
        onAction={() => onOpenWindow(row.itemId)}
      />
      <MenuSeparator />
      <MenuItem
        icon={<Reply />}
        label={composeStrings.reply}
        shortcut={shortcutOf('compose.reply')}
        onAction={() => void writeAbout('reply', row.messageId)}
      />
      <MenuItem
        icon={<ReplyAll />}
        label={composeStrings.replyAll}
        shortcut={shortcutOf('compose.replyAll')}
        onAction={() => void writeAbout('reply-all', row.messageId)}
      />
      <MenuItem
        icon={<Forward />}
        label={composeStrings.forward}
        shortcut={shortcutOf('compose.forward')}
        onAction={() => void writeAbout('forward', row.messageId)}
      />
      <MenuSeparator />
      <MenuItem
        icon={<Archive />}
        label={listStrings.archive}
        shortcut={shortcutOf('mail.archive')}
        onAction={act(ORGANISE.archive)}
      />
      <MenuItem
        icon={<Trash2 />}
        label={listStrings.trash}
        shortcut={shortcutOf('mail.trash')}
        onAction={() => trashOrDelete(ids)}
      />
      <MenuItem
        icon={<AlarmClock />}
        label={listStrings.snooze}
        shortcut={shortcutOf('mail.snooze')}
        isDisabled={!canRun('mail.snooze')}
        onAction={() => openDialog({ kind: 'snooze', rows, at: place, asleep: row.snoozedUntil !== null })}
      />
      {row.snoozedUntil !== null && (
        <MenuItem icon={<Inbox />} label={listStrings.unsnooze} onAction={act(ORGANISE.unsnooze)} />
      )}
      <MenuItem
        icon={<FolderInput />}
        label={listStrings.move}
        shortcut={shortcutOf('mail.move')}
        onAction={() => openDialog({ kind: 'move-to', rows })}
      />
      <MenuItem
        icon={<Tag />}
        label={listStrings.label}
        shortcut={shortcutOf('mail.label')}
        onAction={() => openDialog({ kind: 'label', rows })}
      />
      {roleOfList(list.snapshot().query.listId) === 'junk' ? (
        <MenuItem
          icon={<MailCheck />}
          label={commandTitles['mail.notJunk']}
          onAction={act(ORGANISE.notJunk)}
        />
      ) : (
        <MenuItem
          icon={<OctagonAlert />}
          label={listStrings.junk}
          shortcut={shortcutOf('mail.junk')}
          onAction={act(ORGANISE.junk)}
        />
      )}
      <MenuSeparator />
      <MenuItem
        icon={unread ? <MailOpen /> : <Mail />}
        label={unread ? listStrings.markRead : listStrings.markUnread}
        shortcut={shortcutOf(unread ? 'mail.markRead' : 'mail.markUnread')}
        onAction={act(unread ? ORGANISE.read : ORGANISE.unread)}
      />
      <MenuItem
        icon={<Star />}
        label={row.starred ? listStrings.unstar : listStrings.star}
        shortcut={shortcutOf('mail.star')}
        onAction={() => toggleStar(ids)}
      />
      <MenuSeparator />
      <MenuItem icon={<Download />} label={listStrings.saveAs} onAction={() => void saveRows(list, rows)} />
    </ContextMenu>
  );
}
