import type { FailureView } from '../../../shared/contract/views';
import type { ChangeId } from '../../../shared/domain';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { allPending } from '../all-pending';
import type { Arguments, Command } from '../command';
import { parseChangeId } from '../lookup';
import type { Session } from '../session';
import { pendingRow, rowsOf } from '../shapes';
import { table } from '../table';

const MOST = 1000;

/** CLI-034. */
export const pendingList: Command = {
  name: 'pending list',
  summary: 'Changes that the server has not confirmed yet',
  flags: [{ name: 'parked', help: 'Only those that need attention' }],
  example: 'homeport pending list --json',
  run: async (args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const found = await allPending(session.value, args.has('parked') ? 'parked' : 'all');
    if (!found.ok) return found;
    const rows = found.value.map(pendingRow);
    const text = table(
      ['ID', 'STATE', 'WHAT', 'MESSAGES', 'WHY'],
      rows.map((row) => [row.id, row.state, row.title, String(row.targetCount), row.error?.message ?? '']),
    );
    return ok({ kind: 'data', json: rowsOf(rows), text });
  },
};

export const pendingRetry = decision('retry', 'Try changes that need attention again', 'pending.retry');
export const pendingDiscard = decision(
  'discard',
  'Give changes up and show what the server has',
  'pending.discard',
);

function decision(verb: string, summary: string, method: 'pending.retry' | 'pending.discard'): Command {
  return {
    name: `pending ${verb}`,
    summary: `${summary}; without ids all that are parked`,
    words: '[ID…]',
    most: MOST,
    flags: [],
    example: `homeport pending ${verb} 17`,
    run: async (args, context) => {
      const session = await context.open('store');
      if (!session.ok) return session;
      const ids = await chosen(args, session.value);
      if (!ids.ok) return ids;
      if (ids.value.length === 0) return ok({ kind: 'data', json: { count: 0 }, text: 'Nothing is parked.' });
      const done = await session.value.call(method, { ids: ids.value });
      if (!done.ok) return done;
      return ok({ kind: 'data', json: done.value, text: `${verb}: ${done.value.count}` });
    },
  };
}

async function chosen(args: Arguments, session: Session): Promise<Outcome<ChangeId[], FailureView>> {
  if (args.words.length === 0) {
    const parked = await allPending(session, 'parked');
    return parked.ok ? ok(parked.value.map(({ id }) => id)) : parked;
  }
  const known = await allPending(session, 'all');
  if (!known.ok) return known;
  const ids: ChangeId[] = [];
  for (const word of args.words) {
    const id = parseChangeId(word);
    if (!id.ok) return id;
    if (!known.value.some((change) => change.id === id.value))
      return fail({
        kind: 'not-found',
        message: `No change ${word} is waiting or parked.`,
        hint: 'See homeport pending list.',
      });
    ids.push(id.value);
  }
  return ok(ids);
}
