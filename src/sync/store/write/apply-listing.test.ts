import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  addAccount,
  mailbox,
  observe,
  observed,
  type TestAccount,
} from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import type { MailboxId } from '../../../shared/domain';
import type { MailboxStatus, ObservedMailbox } from '../../../shared/observation';
import { getMailbox, listMailboxes } from '../read/mailboxes';
import { mailboxesOf } from '../read/messages';
import { recount } from '../recount';
import { applyMailboxListing } from './apply-listing';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => {
  expect(recount(opened.store.read)).toEqual([]);
  opened.remove();
});

const USUAL = ['INBOX', 'Archive', 'Trash', 'Junk', 'Sent', 'Work'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const status = (facts: Partial<MailboxStatus> = {}): MailboxStatus => ({
  messages: 5,
  unseen: 0,
  uidNext: 9,
  uidValidity: '77',
  highestModseq: null,
  ...facts,
});

/** A listing of these names; what is given beside a name replaces the default facts. */
function list(mailboxes: readonly (string | Partial<ObservedMailbox>)[], complete = true) {
  const listed = mailboxes.map((one) =>
    typeof one === 'string' ? mailbox(one) : { ...mailbox(one.path ?? ''), ...one },
  );
  return opened.store.writeTx('server', (tx) =>
    applyMailboxListing(tx, account.accountId, { complete, mailboxes: listed }, tx.nowMs),
  );
}

const living = () =>
  listMailboxes(opened.store.read, account.accountId)
    .filter((box) => box.tombstonedAt === null)
    .map((box) => box.path)
    .sort();

test('SYNC-039 with a MAILBOXID a rename keeps the mailbox, its messages and its policy, whatever else changed', () => {
  const named = { path: 'Old', remoteId: 'F1', status: status() };
  const id = list([...USUAL, named]).added[0] as MailboxId;
  const [message] = observe(opened.store, id, { insert: [observed(1, { identity: 'a' })] }).added;
  opened.store.write.prepare("UPDATE mailboxes SET policy = 'headers' WHERE id = ?").run(id);
  // Numbers that would rule a rename out without the identity.
  const renamed = {
    ...named,
    path: 'Deep/New',
    remoteKey: 'Deep/New',
    status: status({ uidValidity: '78', uidNext: 1 }),
  };
  // The old name is taken again at once: names prove nothing here.
  const reused = { path: 'Old', remoteId: 'F2', status: status() };
  const result = list([...USUAL, reused, renamed]);
  expect(getMailbox(opened.store.read, id)).toMatchObject({
    path: 'Deep/New',
    policy: 'headers',
    tombstonedAt: null,
  });
  expect(result.added).toHaveLength(1);
  expect(result.added).not.toContain(id);
  expect(mailboxesOf(opened.store.read, message as never)).toEqual([id]);
  // Two exchange their names.
  const other = result.added[0] as MailboxId;
  list([
    ...USUAL,
    { ...reused, path: 'Deep/New', remoteKey: 'Deep/New' },
    { ...renamed, path: 'Old', remoteKey: 'Old' },
  ]);
  expect([id, other].map((box) => getMailbox(opened.store.read, box)?.path)).toEqual(['Old', 'Deep/New']);
});

test('a mailbox that was deleted and made again under its name is another one where the server says so', () => {
  const first = list([...USUAL, { path: 'Plans', remoteId: 'F1', status: status() }]).added[0] as MailboxId;
  const { added, removed } = list([...USUAL, { path: 'Plans', remoteId: 'F2', status: status() }]);
  expect(removed).toEqual([first]);
  expect(added).toHaveLength(1);
  expect(living().filter((path) => path === 'Plans')).toHaveLength(1);
});

test.each<[string, Partial<MailboxStatus>, boolean]>([
  ['nothing smaller', { uidNext: 12, messages: 8 }, true],
  ['everything equal', {}, true],
  ['another validity', { uidValidity: '78' }, false],
  ['a smaller UIDNEXT', { uidNext: 8 }, false],
  ['fewer messages', { messages: 4 }, false],
])('without a MAILBOXID one name gone and one come is a rename with %s: %o', (_name, facts, isRename) => {
  const id = list([...USUAL, { path: 'Old', status: status() }]).added[0] as MailboxId;
  const { added } = list([...USUAL, { path: 'New', status: status(facts) }]);
  expect(added).toHaveLength(isRename ? 0 : 1);
  expect(getMailbox(opened.store.read, id)).toMatchObject(
    isRename ? { path: 'New', tombstonedAt: null } : { path: 'Old', tombstonedAt: expect.any(Number) },
  );
});

test('SYNC-041 a mailbox goes 24 h after it left a complete list; when most are missing a list ten minutes later must agree', () => {
  const without = USUAL.filter((path) => path !== 'Work');
  list(without, false);
  expect(living()).toContain('Work');
  list(without);
  expect(living()).not.toContain('Work');
  // Back before its time: as if it had never been away.
  list(USUAL);
  expect(getMailbox(opened.store.read, account.work)).toMatchObject({ tombstonedAt: null });
  list(without);
  opened.clock.advance(23 * HOUR);
  list(without);
  expect(getMailbox(opened.store.read, account.work)).not.toBeNull();
  opened.clock.advance(HOUR);
  list(without);
  expect(getMailbox(opened.store.read, account.work)).toBeNull();

  const rest = ['INBOX', 'Archive'];
  list(rest);
  expect(living()).toEqual([...without].sort());
  opened.clock.advance(9 * MINUTE);
  list(rest);
  expect(living()).toEqual([...without].sort());
  // The server recovered: the doubt is forgotten.
  list(without);
  opened.clock.advance(MINUTE);
  list(rest);
  expect(living()).toEqual([...without].sort());
  opened.clock.advance(10 * MINUTE);
  list(rest);
  expect(living()).toEqual([...rest].sort());
  opened.clock.advance(24 * HOUR);
  list(rest);
  expect(listMailboxes(opened.store.read, account.accountId)).toHaveLength(2);
});
