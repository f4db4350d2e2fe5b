import { fail, ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { findAccount } from '../lookup';

/** CLI-024. The server keeps its mail; what is stored here and the password go. */
export const accountRemove: Command = {
  name: 'account remove',
  summary: 'Remove an account and everything of it from this computer',
  words: 'ID',
  least: 1,
  most: 1,
  flags: [
    { name: 'discard-pending', help: 'Also when changes are still waiting to reach the server' },
    { name: 'keep-data', help: 'Only stop syncing it: pause the account and keep its mail here' },
  ],
  example: 'homeport account remove 2',
  run: async (args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const account = await findAccount(session.value, args.words[0] ?? '');
    if (!account.ok) return account;
    const accountId = account.value.id;
    const done = args.has('keep-data')
      ? await session.value.call('accounts.update', { accountId, paused: true })
      : await session.value.call('accounts.remove', {
          accountId,
          discardPending: args.has('discard-pending'),
        });
    if (!done.ok && done.failure.kind === 'conflict') {
      return fail({
        ...done.failure,
        hint: 'See homeport pending list and homeport outbox list; --discard-pending removes the account anyway.',
      });
    }
    if (!done.ok) return done;
    return ok({
      kind: 'data',
      json: { accountId: String(accountId), removed: !args.has('keep-data') },
      text: 'Done.',
    });
  },
};
