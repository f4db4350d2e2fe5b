import type { AccountView } from '../../shared/contract/views';
import { knownAccounts } from '../actions/known';
import { useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { showFailure } from '../feedback/undo';
import { meantAccount } from '../folders/meant-line';
import { openDialog } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { call } from '../transport/call';

/** An account with a server: the one named, else that of the folder, else the only one there is. */
function accountAtServer(target: CommandTarget | undefined): AccountView | null {
  const accounts = knownAccounts();
  const id = meantAccount(target) ?? (target === undefined && accounts.length === 1 ? accounts[0]?.id : null);
  return accounts.find((account) => account.id === id && account.protocol !== 'local') ?? null;
}

/** Stops everything an account does by itself, or starts it again. */
async function setPaused({ id: accountId }: AccountView, paused: boolean): Promise<void> {
  const outcome = await call('accounts.update', { accountId, paused });
  if (!outcome.ok) showFailure(statusStrings.notChanged, outcome.failure);
}

/** Gives the commands about one account their action; used once, by the window. */
export function useAccountCommands(): void {
  useCommandsOn(accountAtServer, {
    'account.signIn': { run: ({ id: accountId }) => openDialog({ kind: 'sign-in', accountId }) },
    'account.pause': {
      variant: ({ state }) => (state === 'paused' ? 'paused' : null),
      run: (account) => void setPaused(account, account.state !== 'paused'),
    },
    'account.remove': { run: ({ id: accountId }) => openDialog({ kind: 'remove-account', accountId }) },
  });
}
