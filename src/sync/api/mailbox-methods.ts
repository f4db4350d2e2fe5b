import { fail, ok } from '../../shared/outcome';
import type { Supervisor } from '../engine/supervisor';
import type { Store } from '../store/open-store';
import { getMailbox } from '../store/read/mailboxes';
import { setMailboxPolicy } from '../store/write/accounts';
import type { EngineHandlers } from './method-handlers';

/** What people choose for one mailbox. */
export function mailboxMethods(
  store: Store,
  supervisor: Pick<Supervisor, 'lookAgain'>,
): Pick<EngineHandlers, 'mailboxes.setPolicy'> {
  return {
    'mailboxes.setPolicy': async ({ mailboxId, policy, ageLimitDays }) => {
      const mailbox = getMailbox(store.read, mailboxId);
      if (!mailbox) return fail({ kind: 'not-found', message: 'There is no such folder.' });
      store.writeTx('user', (tx) => setMailboxPolicy(tx, mailboxId, { policy, ageLimitDays }));
      supervisor.lookAgain(mailbox.accountId);
      return ok(null);
    },
  };
}
