import type { FailureView } from '../../../shared/contract/views';
import type { AccountId } from '../../../shared/domain';
import { type Outcome, ok } from '../../../shared/outcome';
import type { Command } from '../command';
import { findAccount } from '../lookup';
import type { Session } from '../session';
import { isoDate, rowsOf } from '../shapes';

/** SYNC-404, SYNC-411: what an account's engine is doing, its queue, timers and counters. */
export const accountStatus: Command = {
  name: 'account status',
  summary: 'Show what an account, or each, is doing at this moment',
  words: '[ID]',
  most: 1,
  flags: [],
  example: 'homeport account status 1 --json',
  run: async (args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const [word] = args.words;
    if (word !== undefined) {
      const account = await findAccount(session.value, word);
      if (!account.ok) return account;
      const one = await inspect(session.value, account.value.id);
      return one.ok ? ok({ kind: 'data', json: one.value, text: linesOf(one.value) }) : one;
    }
    const accounts = await session.value.call('accounts.list', {});
    if (!accounts.ok) return accounts;
    const rows: Inspected[] = [];
    for (const { id } of accounts.value) {
      const one = await inspect(session.value, id);
      if (!one.ok) return one;
      rows.push(one.value);
    }
    return ok({ kind: 'data', json: rowsOf(rows), text: rows.map(linesOf).join('\n\n') });
  },
};

type Inspected = Record<string, unknown>;

async function inspect(session: Session, accountId: AccountId): Promise<Outcome<Inspected, FailureView>> {
  const inspected = await session.call('accounts.inspect', { accountId });
  if (!inspected.ok) return inspected;
  const { queue, ...rest } = inspected.value;
  return ok({
    accountId: String(accountId),
    ...rest,
    queue: { ...queue, nextDueAt: isoDate(queue.nextDueAt) },
  });
}

function linesOf(inspected: Inspected): string {
  return Object.entries(inspected)
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('\n');
}
