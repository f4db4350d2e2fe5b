import type { MailboxView } from '../../shared/contract/views';
import { mailboxName } from '../list/list-title';
import { closeDialog } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { deleteFolder } from './change-folder';
import styles from './delete-folder-dialog.module.css';
import { withInner } from './folder-rules';

interface DeleteFolderDialogProps {
  readonly mailbox: MailboxView;
  readonly mailboxes: readonly MailboxView[];
}

/** Asks once, says what goes where and how far it can be undone; the button carries verb and counts (UI-053). */
export function DeleteFolderDialog({ mailbox, mailboxes }: DeleteFolderDialogProps) {
  const doomed = withInner(mailbox, mailboxes);
  const inside = doomed.length - 1;
  const mail = doomed.reduce((sum, { total }) => sum + total, 0);
  const parts = doomed.filter(({ role }) => role !== null);
  return (
    <Dialog
      title={folderStrings.deleteTitle(mailboxName(mailbox), inside)}
      role="alertdialog"
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{folderStrings.cancel}</Button>
          <Button
            variant="danger"
            autoFocus
            onPress={() => {
              closeDialog();
              void deleteFolder(mailbox);
            }}
          >
            {folderStrings.deleteButton(inside, mail)}
          </Button>
        </>
      }
    >
      <div className={styles.text}>
        {parts.map((part) => (
          <p key={part.id}>{folderStrings.deleteRole(mailboxName(part))}</p>
        ))}
        {mail > 0 && <p>{folderStrings.deleteMail(mail)}</p>}
        <p>{folderStrings.deleteUndo}</p>
      </div>
    </Dialog>
  );
}
