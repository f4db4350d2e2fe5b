import { FolderPicker } from '../actions/folder-picker';
import { moveTargets } from '../actions/move-targets';
import { runCommand } from '../commands/registry';
import { mailboxName } from '../list/list-title';
import type { DialogState } from '../state/ui-store';
import { changesStrings } from '../strings/changes';
import { useLiveQuery } from '../transport/use-live-query';
import { Dialog } from '../ui/dialog';
import { redirectChange } from './change-actions';

export interface RedirectDialogProps {
  readonly change: Extract<DialogState, { kind: 'redirect' }>['change'];
}

/** Another folder for a move that needs attention (SYNC-242); afterwards the other changes are shown again. */
export function RedirectDialog({ change }: RedirectDialogProps) {
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const back = () => runCommand('changes.attention');
  const here = change.serverMailboxIds.length === 1 ? change.serverMailboxIds[0] : undefined;
  const targets = moveTargets(mailboxes, accounts, new Set([change.accountId]), here ?? null);
  return (
    <Dialog title={changesStrings.redirectTitle(change.title)} onClose={back}>
      <FolderPicker
        targets={targets}
        onChoose={(id) => {
          const mailbox = mailboxes.find((candidate) => String(candidate.id) === id);
          back();
          if (mailbox)
            void redirectChange(change, { kind: 'mailbox', mailboxId: mailbox.id }, mailboxName(mailbox));
        }}
      />
    </Dialog>
  );
}
