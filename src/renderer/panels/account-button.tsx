import type { AccountView } from '../../shared/contract/views';
import { runCommand } from '../commands/registry';
import { openDialog } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { useHost } from '../transport/use-host';
import { Button } from '../ui/button';
import { goOnline } from './go-online';

/** The one right button for the state an account is in, or none (APP-013). */
export function AccountButton({ account }: { readonly account: AccountView }) {
  const target = { kind: 'account', accountId: account.id } as const;
  const byChoice = useHost((host) => host.status?.offlineByChoice === true);
  switch (account.state) {
    case 'auth':
      return (
        <Button size="small" onPress={() => runCommand('account.signIn', target)}>
          {statusStrings.signIn}
        </Button>
      );
    case 'paused':
      return (
        <Button size="small" onPress={() => runCommand('account.pause', target)}>
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
        <Button size="small" onPress={() => runCommand('sync.now', target)}>
          {statusStrings.syncNow}
        </Button>
      );
    case 'offline':
      return (
        <Button size="small" onPress={() => (byChoice ? void goOnline() : runCommand('sync.now', target))}>
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
