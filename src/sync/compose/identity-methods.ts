import type { IdentityInput } from '../../shared/contract/compose-views';
import type { IdentityId } from '../../shared/domain';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Store } from '../store/open-store';
import { getAccount } from '../store/read/accounts';
import { getIdentity, identitiesOf } from '../store/read/identities';
import { getMailbox } from '../store/read/mailboxes';
import { insertIdentity, removeIdentity, updateIdentity } from '../store/write/identities';
import { isAddress } from './check-draft';

const NONE = { kind: 'not-found', message: 'There is no such sender.' } as const;

/** Senders of an account (APP-012). */
export function identityMethods(store: Store) {
  return {
    save: (id: IdentityId | null, identity: IdentityInput): Outcome<{ id: IdentityId }> => {
      if (!getAccount(store.read, identity.accountId))
        return fail({ kind: 'not-found', message: 'There is no such account.' });
      if (!isAddress(identity.address))
        return fail({ kind: 'invalid', message: 'This is not an e-mail address.' });
      if (identity.replyTo !== null && identity.replyTo !== '' && !isAddress(identity.replyTo))
        return fail({ kind: 'invalid', message: 'The address for answers is not complete.' });
      const { sentMailboxId } = identity;
      if (
        sentMailboxId !== null &&
        getMailbox(store.read, sentMailboxId as never)?.accountId !== identity.accountId
      )
        return fail({ kind: 'not-found', message: 'There is no such folder in this account.' });
      return store.writeTx('user', (tx): Outcome<{ id: IdentityId }> => {
        if (id === null) return ok({ id: insertIdentity(tx, identity) });
        return updateIdentity(tx, id, identity) ? ok({ id }) : fail(NONE);
      });
    },

    remove: (id: IdentityId): Outcome<null> => {
      const identity = getIdentity(store.read, id);
      if (!identity) return fail(NONE);
      if (identitiesOf(store.read, identity.accountId).length === 1)
        return fail({
          kind: 'conflict',
          message: 'An account needs a sender.',
          hint: 'Change this one, or add another first.',
        });
      store.writeTx('user', (tx) => removeIdentity(tx, id));
      return ok(null);
    },
  };
}
