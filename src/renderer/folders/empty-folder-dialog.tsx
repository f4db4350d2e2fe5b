import type { MailboxView } from '../../shared/contract/views';
import { mailboxName } from '../list/list-title';
import { closeDialog } from '../state/ui-store';
import { folderStrings } from '../strings/folders';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { emptyFolder } from './change-folder';

/** Asks once before all mail of a trash or junk folder is deleted for good, with the exact count (APP-034, UI-053). */
export function EmptyFolderDialog({ mailbox }: { readonly mailbox: MailboxView }) {
  return (
    <Dialog
      title={folderStrings.emptyTitle(mailbox.total, mailboxName(mailbox))}
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
              void emptyFolder(mailbox);
            }}
          >
            {folderStrings.emptyButton(mailbox.total)}
          </Button>
        </>
      }
    >
      <p>{folderStrings.emptyText}</p>
    </Dialog>
  );
}
