import type { MailboxView } from '../../shared/contract/views';
import { FolderPicker } from '../actions/folder-picker';
import type { MoveTarget } from '../actions/move-targets';
import { mailboxName } from '../list/list-title';
import { closeDialog } from '../state/ui-store';
import { folderPath } from '../strings/folder-path';
import { folderStrings } from '../strings/folders';
import { Dialog } from '../ui/dialog';
import { moveFolder } from './change-folder';
import { canLieIn } from './folder-rules';

/** Stands for the top of the account among the folders to choose from. */
const TOP = 'top';

/** Another place for a folder: the keyed twin of dragging it (UI-070). */
export function MoveFolderDialog(props: {
  readonly mailbox: MailboxView;
  readonly mailboxes: readonly MailboxView[];
}) {
  const { mailbox, mailboxes } = props;
  const { accountId } = mailbox;
  const targets: MoveTarget[] = mailboxes
    .filter((parent) => canLieIn(mailbox, parent, accountId, mailboxes))
    .map((parent) => {
      const text = folderPath(parent);
      const where = parent.delimiter ? text.split(parent.delimiter).slice(0, -1).join(' / ') : '';
      return { id: String(parent.id), name: mailboxName(parent), role: parent.role, where, text };
    });
  if (canLieIn(mailbox, null, accountId, mailboxes))
    targets.unshift({ id: TOP, name: folderStrings.top, role: null, where: '', text: folderStrings.top });
  return (
    <Dialog title={folderStrings.moveTitle(mailboxName(mailbox))} onClose={closeDialog}>
      <FolderPicker
        targets={targets}
        onChoose={(id) => {
          closeDialog();
          void moveFolder(mailbox, mailboxes.find((parent) => String(parent.id) === id) ?? null);
        }}
      />
    </Dialog>
  );
}
