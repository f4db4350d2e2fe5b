import type { AccountView, MailboxView, PendingView } from '../../../shared/contract/views';
import { ok } from '../../../shared/outcome';
import { allPending } from '../all-pending';
import type { Command } from '../command';
import { accountShape, isoDate, mailboxRef } from '../shapes';
import { table } from '../table';

/** CLI-026. */
export const status: Command = {
  name: 'status',
  summary: 'What is on this computer, and what is waiting',
  flags: [],
  example: 'homeport status --json',
  run: async (_args, context) => {
    const session = await context.open('store');
    if (!session.ok) return session;
    const { call } = session.value;
    const [overall, accounts, mailboxes, pending] = await Promise.all([
      call('status.get', {}),
      call('accounts.list', {}),
      call('mailboxes.list', {}),
      allPending(session.value, 'all'),
    ]);
    if (!overall.ok) return overall;
    if (!accounts.ok) return accounts;
    if (!mailboxes.ok) return mailboxes;
    if (!pending.ok) return pending;
    const rows = accounts.value.map((account) => accountStatus(account, mailboxes.value, pending.value));
    const json = {
      online: overall.value.online,
      lastSyncedAt: isoDate(overall.value.lastSyncedAt),
      accounts: rows,
      pending: overall.value.waiting,
      parked: overall.value.parked,
      databaseBytes: overall.value.databaseBytes,
      diskNeededBytes: overall.value.diskNeededBytes,
    };
    const lines = table(
      ['ID', 'STATE', 'NAME', 'UNREAD', 'MESSAGES', 'ON DISK', 'WAITING', 'PARKED'],
      rows.map((row) => [
        row.id,
        row.state,
        row.name,
        String(sum(row.mailboxes.map(({ unread }) => unread))),
        String(sum(row.mailboxes.map(({ total }) => total))),
        `${Math.round(row.coverage.bodies * 100)} %`,
        String(row.pending),
        String(row.parked),
      ]),
    );
    const size = `${(overall.value.databaseBytes / 1e6).toFixed(1)} MB in the database`;
    const needed = overall.value.diskNeededBytes;
    const full =
      needed === null
        ? ''
        : `\nThe disk is full: new mail is not stored until about ${Math.ceil(needed / 1e6)} MB are free.`;
    return ok({ kind: 'data', json, text: `${lines}\n${size}${full}` });
  },
};

function accountStatus(
  account: AccountView,
  mailboxes: readonly MailboxView[],
  pending: readonly PendingView[],
) {
  const own = mailboxes.filter(({ accountId }) => accountId === account.id);
  const changes = pending.filter(({ accountId }) => accountId === account.id);
  const stored = sum(own.map((mailbox) => mailbox.stored));
  const atServer = sum(own.map(({ serverTotal, total }) => serverTotal ?? total));
  return {
    ...accountShape(account),
    counters: account.counters,
    mailboxes: own.map((mailbox) => ({
      ...mailboxRef(mailbox),
      total: mailbox.total,
      unread: mailbox.unread,
      threads: mailbox.threads,
      unreadThreads: mailbox.unreadThreads,
      stored: mailbox.stored,
      bodies: mailbox.bodies,
      indexed: mailbox.indexed,
    })),
    pending: changes.filter(({ state }) => state !== 'parked').length,
    parked: changes.filter(({ state }) => state === 'parked').length,
    // Shares of what the server has: header facts, whole messages readable without a network, and found by their text.
    coverage: {
      headers: share(stored, atServer),
      bodies: share(sum(own.map(({ bodies }) => bodies)), atServer),
      indexed: share(sum(own.map(({ indexed }) => indexed)), atServer),
    },
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.min(1, part / whole);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
