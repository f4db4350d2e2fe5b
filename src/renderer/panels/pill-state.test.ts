import { expect, test } from 'vitest';
import type { AccountView, StatusView } from '../../shared/contract/views';
import { AccountId, MailboxId } from '../../shared/domain';
import { pillState } from './pill-state';

const calm: StatusView = {
  online: true,
  offlineByChoice: false,
  metered: 'no',
  lastSyncedAt: 1,
  waiting: 0,
  parked: 0,
  outbox: { waiting: 0, attention: 0 },
  needsSignIn: [],
  activities: [],
  databaseBytes: 0,
  diskNeededBytes: null,
};
const account = (state: AccountView['state']): AccountView => ({
  id: AccountId.parse(1),
  protocol: 'imap',
  name: 'Work',
  email: 'a@b.example',
  hue: 0,
  position: 0,
  state,
  failure: null,
  lastSyncedAt: null,
  watch: 'idle',
  verifiedAt: null,
  counters: { total: 0, unread: 0, threads: 0, unreadThreads: 0, drafts: 0, outbox: 0, snoozed: 0 },
  quota: [],
  downloadsPausedUntil: null,
  pinnedCertificates: [],
  server: null,
});
const working = (mailboxId: number | null): StatusView['activities'][number] => ({
  accountId: AccountId.parse(1),
  mailboxId: mailboxId === null ? null : MailboxId.parse(mailboxId),
  kind: 'headers',
  done: 0,
  total: null,
  remainingMs: null,
});

test.each<[string, Partial<StatusView> | null, AccountView['state'], boolean]>([
  ['Up to date - 12:04', {}, 'ok', true],
  ['Up to date', { lastSyncedAt: null }, 'ok', true],
  ['Syncing 3 folders', { activities: [working(1), working(2), working(2), working(3)] }, 'syncing', true],
  ['Syncing 1 folder', { activities: [working(1)] }, 'syncing', true],
  ['Syncing', { activities: [working(null)] }, 'syncing', true],
  ['Offline - 4 changes waiting', { online: false, waiting: 4 }, 'offline', true],
  ['Offline - 1 change waiting', { offlineByChoice: true, waiting: 1 }, 'ok', true],
  ['Offline', { online: false }, 'offline', true],
  ['Sign-in needed', { needsSignIn: [AccountId.parse(1)], online: false, parked: 2 }, 'auth', true],
  ['2 changes need attention', { parked: 2, online: false }, 'ok', true],
  ['1 change needs attention', { parked: 1 }, 'ok', true],
  ['4 changes waiting', { waiting: 4 }, 'ok', true],
  ['Work cannot be reached', {}, 'error', true],
  ['Work cannot be reached', {}, 'offline', true],
  ['Work cannot be reached - 2 waiting', { waiting: 2 }, 'offline', true],
  ['Disk full', { diskNeededBytes: 1, parked: 1 }, 'error', true],
  ['Paused', {}, 'paused', true],
  ['Connecting', {}, 'ok', false],
  ['Connecting', null, 'ok', true],
])('the status pill says %j', (text, status, state, connected) => {
  const view = status === null ? null : { ...calm, ...status };
  expect(pillState(view, [account(state)], connected, () => '12:04').text).toBe(text);
});
