import type { AccountView } from '../../shared/contract/views';
import { showFailure } from '../feedback/undo';
import { openDialog } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';
import { Button } from '../ui/button';
import { goOnline } from './go-online';
import { syncNow } from './sync-now';

/** The one right button for the state an account is in, or none (APP-013). */
export function AccountButton({ account }: { readonly account: AccountView }) {
  const byChoice = useHost((host) => host.status?.offlineByChoice === true);
  switch (account.state) {
    case 'auth':
      return (
        <Button size="small" onPress={() => openDialog({ kind: 'sign-in', accountId: account.id })}>
          {statusStrings.signIn}
        </Button>
      );
    case 'paused':
      return (
        <Button size="small" onPress={() => void setPaused(account, false)}>
          {statusStrings.resume}
        </Button>
      );
    case 'error':
      if (account.failure?.certificate)
        return (
          <Button size="small" onPress={() => openDialog({ kind: 'certificate', accountId: account.id })}>
            {statusStrings.certificate}
          </Button>
        );
      return (
        <Button size="small" onPress={() => void syncNow(account.id)}>
          {statusStrings.syncNow}
        </Button>
      );
    case 'offline':
      return (
        <Button size="small" onPress={() => void (byChoice ? goOnline() : syncNow(account.id))}>
          {byChoice ? statusStrings.goOnline : statusStrings.syncNow}
        </Button>
      );
    case 'new':
    case 'probing':
    case 'ok':
    case 'syncing':
    case 'removing':
      return null;
  }
}

/** Stops everything an account does by itself, or starts it again. */
export async function setPaused(account: AccountView, paused: boolean): Promise<void> {
  const outcome = await call('accounts.update', { accountId: account.id, paused });
  if (!outcome.ok) showFailure(statusStrings.notChanged, outcome.failure);
}
