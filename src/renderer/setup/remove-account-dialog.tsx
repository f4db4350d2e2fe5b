import { useState } from 'react';
import type { OutboxState } from '../../shared/contract/compose-views';
import type { AccountId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { closeDialog } from '../state/ui-store';
import { setupStrings } from '../strings/setup';
import { uiStrings } from '../strings/ui';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import styles from './remove-account-dialog.module.css';
import { useAccount } from './use-account';

const LISTED = 5;
/** Nothing of these is lost with the account: they have left. */
const SENT = new Set<OutboxState>(['accepted', 'filing', 'done']);

/** Asks once, and names what would be lost (APP-015). */
export function RemoveAccountDialog({ accountId }: { readonly accountId: AccountId }) {
  const { account, unsent: changes } = useAccount(accountId);
  const outbox = useLiveQuery('outbox.list', {}, ['outbox']).data ?? [];
  const unsent = [
    ...changes.map(({ id, title, messages }) => ({
      key: `change-${id}`,
      title,
      about: messages[0]?.subject,
    })),
    ...outbox
      .filter((entry) => entry.accountId === accountId && !SENT.has(entry.state))
      .map(({ id, subject }) => ({
        key: `message-${id}`,
        title: setupStrings.unsentMessage,
        about: subject,
      })),
  ];
  const [busy, setBusy] = useState(false);
  const name = account?.name ?? '';
  const remove = async () => {
    setBusy(true);
    const outcome = await call('accounts.remove', { accountId, discardPending: unsent.length > 0 });
    closeDialog();
    if (outcome.ok) showToast({ tone: 'done', text: setupStrings.removed(name) });
    else showFailure(setupStrings.notRemoved, outcome.failure);
  };
  return (
    <Dialog
      title={setupStrings.removeTitle(name)}
      role="alertdialog"
      onClose={closeDialog}
      actions={
        <>
          <Button autoFocus onPress={closeDialog}>
            {uiStrings.cancel}
          </Button>
          <Button variant="danger" isPending={busy} onPress={() => void remove()}>
            {unsent.length === 0 ? setupStrings.remove : setupStrings.removeAndDiscard(unsent.length)}
          </Button>
        </>
      }
    >
      <p>{setupStrings.removeText}</p>
      {unsent.length > 0 ? (
        <div className={styles.unsent}>
          <p>{setupStrings.removeUnsent(unsent.length)}</p>
          <ul>
            {unsent.slice(0, LISTED).map(({ key, title, about }) => (
              <li key={key}>
                {title} <span>{about}</span>
              </li>
            ))}
            {unsent.length > LISTED ? <li>{setupStrings.removeMore(unsent.length - LISTED)}</li> : null}
          </ul>
        </div>
      ) : null}
    </Dialog>
  );
}
