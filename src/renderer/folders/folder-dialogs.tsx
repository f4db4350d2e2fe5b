import { mailboxName } from '../list/list-title';
import { useUi } from '../state/ui-store';
import { folderPath } from '../strings/folder-path';
import { folderStrings } from '../strings/folders';
import { useLiveQuery } from '../transport/use-live-query';
import { changeFolder } from './change-folder';
import { DeleteFolderDialog } from './delete-folder-dialog';
import { EmptyFolderDialog } from './empty-folder-dialog';
import { FolderNameDialog } from './folder-name-dialog';
import { mailboxOf } from './folder-rules';
import { KeepFolderDialog } from './keep-folder-dialog';
import { MoveFolderDialog } from './move-folder-dialog';

/** The dialogs about folders themselves; rendered once, by the main screen. */
export function FolderDialogs() {
  const dialog = useUi((state) => state.dialog);
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  if (dialog?.kind === 'new-folder') {
    const { accountId, parentId } = dialog;
    const parent = parentId === null ? null : mailboxOf(mailboxes, parentId);
    const account = accounts.find(({ id }) => id === accountId);
    const where = parent ? folderPath(parent) : (account?.name ?? '');
    return (
      <FolderNameDialog
        title={folderStrings.createTitle}
        button={folderStrings.createButton}
        before=""
        description={folderStrings.createIn(where)}
        delimiter={(parent ?? mailboxes.find((box) => box.accountId === accountId))?.delimiter ?? null}
        save={(name) =>
          changeFolder({ kind: 'create', accountId, parentId, name }, folderStrings.done.create(name))
        }
      />
    );
  }
  if (!dialog || !('mailboxId' in dialog)) return null;
  const mailbox = mailboxOf(mailboxes, dialog.mailboxId);
  if (!mailbox) return null;
  switch (dialog.kind) {
    case 'rename-folder':
      return (
        <FolderNameDialog
          title={folderStrings.renameTitle(mailboxName(mailbox))}
          button={folderStrings.renameButton}
          before={mailbox.name}
          delimiter={mailbox.delimiter}
          save={(name) =>
            changeFolder({ kind: 'rename', mailboxId: mailbox.id, name }, folderStrings.done.rename(name))
          }
        />
      );
    case 'move-folder':
      return <MoveFolderDialog mailbox={mailbox} mailboxes={mailboxes} />;
    case 'delete-folder':
      return <DeleteFolderDialog mailbox={mailbox} mailboxes={mailboxes} />;
    case 'empty-folder':
      return <EmptyFolderDialog mailbox={mailbox} />;
    case 'keep-folder':
      return <KeepFolderDialog mailbox={mailbox} />;
  }
}
