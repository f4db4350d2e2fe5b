import type { ListRow } from '../../shared/contract/views';
import type { CommandId } from '../commands/catalogue';
import { CommandItems } from '../commands/command-items';
import type { CommandTarget } from '../commands/target';
import { listStrings } from '../strings/list';
import { ContextMenu, type MenuPoint } from '../ui/context-menu';
import type { ListController } from './list-controller';
import { isSelected, selectRows } from './selection';

export interface RowMenuPlace extends MenuPoint {
  readonly row: ListRow;
}

interface RowMenuProps {
  readonly place: RowMenuPlace;
  readonly list: ListController;
  onClose(): void;
}

/** What can be done with a row; with all ticked rows when it is one of them. */
export function RowMenu({ place, list, onClose }: RowMenuProps) {
  const { row } = place;
  const { itemId } = row;
  const { selection } = list.snapshot();
  const rows = isSelected(selection, itemId) ? selection : selectRows([itemId]);
  const target: CommandTarget = { kind: 'rows', rows, itemId };
  return (
    <ContextMenu at={place} label={row.subject || listStrings.noSubject} onClose={onClose}>
      <CommandItems groups={row.unreadCount > 0 ? UNREAD : READ} target={target} />
    </ContextMenu>
  );
}

const groups = (mark: CommandId): readonly (readonly CommandId[])[] => [
  ['list.openWindow'],
  ['compose.reply', 'compose.replyAll', 'compose.forward'],
  [
    'mail.archive',
    'mail.trash',
    'mail.snooze',
    'mail.unsnooze',
    'mail.move',
    'mail.label',
    'mail.notJunk',
    'mail.junk',
  ],
  [mark, 'mail.star'],
  ['mail.saveAs'],
];
const UNREAD = groups('mail.markRead');
const READ = groups('mail.markUnread');
