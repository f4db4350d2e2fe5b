import { ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { findAccount } from '../lookup';
import { isoDate } from '../shapes';

/** SYNC-404, SYNC-411: what an account's engine is doing, its queue, timers and counters. */
export const accountStatus: Command = {
  name: 'account status',
  summary: 'Show what an account is doing at this moment',
  words: 'ID',
  least: 1,
  most: 1,
  flags: [],
  example: 'homeport account status 1 --json',
  run: async (args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const account = await findAccount(session.value, args.words[0] ?? '');
    if (!account.ok) return account;
    const inspected = await session.value.call('accounts.inspect', { accountId: account.value.id });
    if (!inspected.ok) return inspected;
    const { queue, ...rest } = inspected.value;
    const nextDueAt = isoDate(queue.nextDueAt);
    const oldestAt = isoDate(queue.oldestAt);
    const json = { accountId: String(account.value.id), ...rest, queue: { ...queue, nextDueAt, oldestAt } };
    const lines = Object.entries(json).map(
      ([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    );
    return ok({ kind: 'data', json, text: lines.join('\n') });
  },
};
