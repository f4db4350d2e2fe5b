import type { MailboxView } from '../../shared/contract/views';
import { knownMailboxes } from '../actions/known';
import { markAllRead } from '../actions/mark-all-read';
import { useCommand } from '../commands/registry';
import { openDialog, useUi } from '../state/ui-store';
import { askToDelete, emptiable } from './change-folder';
import { canDelete, canMove, canRename } from './folder-rules';

/** The folder whose list is on screen. */
function openFolder(): MailboxView | null {
  const { listId } = useUi.getState();
  return knownMailboxes().find(({ id }) => (id as number) === (listId as number)) ?? null;
}

function whenOpen(allowed: (mailbox: MailboxView) => boolean): () => boolean {
  return () => {
    const mailbox = openFolder();
    return mailbox !== null && allowed(mailbox);
  };
}

/** Gives the commands about the open folder their action; used once, by the main screen. */
export function useFolderCommands(): void {
  useCommand('folder.new', () => {
    const accountId = (openFolder() ?? knownMailboxes()[0])?.accountId;
    if (accountId !== undefined) openDialog({ kind: 'new-folder', accountId, parentId: null });
  });
  useCommand('folder.rename', () => ask('rename-folder'), whenOpen(canRename));
  useCommand('folder.move', () => ask('move-folder'), whenOpen(canMove));
  useCommand(
    'folder.delete',
    () => {
      const mailbox = openFolder();
      if (mailbox) askToDelete(mailbox);
    },
    whenOpen(canDelete),
  );
  useCommand(
    'folder.empty',
    () => ask('empty-folder'),
    whenOpen((mailbox) => emptiable(mailbox) !== null),
  );
  useCommand(
    'folder.keep',
    () => ask('keep-folder'),
    whenOpen(({ selectable, serverTotal }) => selectable && serverTotal !== null),
  );
  useCommand('folder.markAllRead', () => void markAllRead(useUi.getState().listId));
}

function ask(kind: 'rename-folder' | 'move-folder' | 'empty-folder' | 'keep-folder'): void {
  const mailbox = openFolder();
  if (mailbox) openDialog({ kind, mailboxId: mailbox.id });
}
