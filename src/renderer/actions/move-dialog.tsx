import { mailboxName } from '../list/list-title';
import { openList } from '../list/open-list';
import { isSelected, type Selection } from '../list/selection';
import { closeDialog } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { useLiveQuery } from '../transport/use-live-query';
import { Dialog } from '../ui/dialog';
import { FolderPicker } from './folder-picker';
import { moveTargets } from './move-targets';
import { moveTo, organise } from './organise';

/** "Move to folder" (`v`): type a part of a name, Enter moves; the keyed twin of dragging (UI-070). */
export function MoveDialog({ rows }: { readonly rows: Selection }) {
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const list = openList();
  if (!list) return null;
  const concerned = new Set(
    list
      .idsOnScreen()
      .filter((id) => isSelected(rows, id))
      .flatMap((id) => list.rowOf(id)?.accountId ?? []),
  );
  const { listId } = list.snapshot().query;
  const targets = moveTargets(mailboxes, accounts, concerned, listId);

  function move(id: string) {
    const mailbox = mailboxes.find((candidate) => String(candidate.id) === id);
    closeDialog();
    if (!mailbox || !list) return;
    const from = mailboxes.find((candidate) => (candidate.id as number) === (listId as number));
    void organise(list, rows, moveTo(mailbox, mailboxName(mailbox), from?.id ?? null));
  }

  return (
    <Dialog title={actionStrings.moveTitle} onClose={closeDialog}>
      <FolderPicker targets={targets} onChoose={move} />
    </Dialog>
  );
}
