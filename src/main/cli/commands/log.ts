import type { SyncLogView } from '../../../shared/contract/views';
import type { AccountId } from '../../../shared/domain';
import { ok } from '../../../shared/outcome';
import type { Command, CommandContext, CommandResult } from '../command';
import { findAccount, parseCount } from '../lookup';
import type { Session } from '../session';
import { logRow, rowsOf } from '../shapes';

const MOST_ROWS = 1000;
/** New entries are told by an event; this is for the one that came between the question and the subscription. */
const LOOK_EVERY_MS = 1000;

/** CLI-034: what was synced, when, and how it went; --follow prints one JSON document per line. */
export const log: Command = {
  name: 'log',
  summary: 'What was synced, when, and how it went',
  flags: [
    { name: 'account', value: 'ID', help: 'Only this account' },
    { name: 'limit', value: 'N', help: 'Newest entries at most (100)' },
    { name: 'follow', help: 'Go on printing new entries until interrupted' },
  ],
  example: 'homeport log --follow',
  untilSignal: true,
  run: async (args, context) => {
    const limit = parseCount('limit', args.get('limit'), 100, MOST_ROWS);
    if (!limit.ok) return limit;
    const session = await context.open(args.has('follow') ? 'network' : 'store');
    if (!session.ok) return session;
    const only = args.get('account');
    const account = only === null ? ok(null) : await findAccount(session.value, only);
    if (!account.ok) return account;
    const accountId = account.value?.id ?? null;
    const newest = await session.value.call('syncLog.list', {
      accountId,
      afterId: 0,
      limit: Math.max(limit.value, 1),
    });
    if (!newest.ok) return newest;
    const rows = oldestFirst(limit.value === 0 ? [] : newest.value);
    if (args.has('follow')) return follow(session.value, accountId, rows, newest.value, context);
    return ok({ kind: 'data', json: rowsOf(rows.map(logRow)), text: rows.map(lineOf).join('\n') });
  },
};

async function follow(
  session: Session,
  accountId: AccountId | null,
  first: readonly SyncLogView[],
  newest: readonly SyncLogView[],
  context: CommandContext,
): Promise<CommandResult> {
  const unfinished = new Set<number>();
  let lastId = 0;
  // An entry appears when its cycle begins and is printed when it is finished.
  const tell = (rows: readonly SyncLogView[]): void => {
    for (const row of rows) {
      if (row.result === null) {
        unfinished.add(row.id);
        continue;
      }
      if (row.id <= lastId && !unfinished.has(row.id)) continue;
      unfinished.delete(row.id);
      lastId = Math.max(lastId, row.id);
      context.print(logRow(row), lineOf(row));
    }
  };
  tell(first);
  for (const { id, result } of newest) {
    lastId = Math.max(lastId, id);
    if (result === null) unfinished.add(id);
  }

  let wake: () => void = () => undefined;
  const unsubscribe = session.onEvent((event) => {
    if (event.kind === 'notice' && event.topics.includes('syncLog')) wake();
  });
  context.signal.addEventListener('abort', () => wake(), { once: true });
  let gone = false;
  void session.lost.then(() => {
    gone = true;
    wake();
  });
  while (!context.signal.aborted && !gone) {
    const oldest = Math.min(lastId, ...[...unfinished].map((id) => id - 1));
    const news = await session.call('syncLog.list', {
      accountId,
      afterId: Math.max(oldest, 0),
      limit: MOST_ROWS,
    });
    if (news.ok) tell(oldestFirst(news.value));
    const timer = setTimeout(() => wake(), LOOK_EVERY_MS);
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (context.signal.aborted || gone) resolve();
    });
    clearTimeout(timer);
  }
  unsubscribe();
  return ok({ kind: 'silent' });
}

function oldestFirst(rows: readonly SyncLogView[]): SyncLogView[] {
  return [...rows].sort((a, b) => a.id - b.id);
}

function lineOf(row: SyncLogView): string {
  const at = new Date(row.finishedAt ?? row.startedAt).toISOString();
  const counts = `+${row.added} ~${row.changed} -${row.removed} ↑${row.pushed}`;
  const failed = row.failure === null ? '' : `  ${row.failure.message}`;
  return `${at}  account ${row.accountId}  ${row.kind}  ${row.mailbox ?? ''}  ${row.result ?? 'running'}  ${counts}${failed}`;
}
