import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { findAccount } from '../lookup';

/** Stops, or starts again, everything an account does by itself. */
export const accountPause = pauseCommand('pause', 'Stop syncing an account until it is resumed', true);
export const accountResume = pauseCommand('resume', 'Sync a paused account again', false);

function pauseCommand(verb: string, summary: string, paused: boolean): Command {
  return {
    name: `account ${verb}`,
    summary,
    words: 'ID',
    least: 1,
    most: 1,
    flags: [],
    example: `homeport account ${verb} 1`,
    run: async (args, context) => {
      const session = await context.open('store');
      if (!session.ok) return session;
      const account = await findAccount(session.value, args.words[0] ?? '');
      if (!account.ok) return account;
      const accountId = account.value.id;
      const done = await session.value.call('accounts.update', { accountId, paused });
      if (!done.ok) return done;
      return ok({
        kind: 'data',
        json: { accountId: String(accountId), paused },
        text: paused ? 'Paused.' : 'Resumed.',
      });
    },
  };
}
