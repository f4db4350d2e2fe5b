import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { feedSome, nextStep } from './feed';
import { search } from './search';

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

const readable = ({ text, html }: { text: string | null; html: string | null }): string => text ?? html ?? '';

function index(): void {
  const { store } = opened;
  for (let seen = 0; ; ) {
    const step = nextStep(store.read, seen);
    seen = step.seen;
    if (step.items.length === 0) return;
    store.writeTx('server', (tx) => feedSome(tx, step, 0, readable, () => false));
  }
}

function find(query: string): string[] {
  const found = search(
    opened.store.read,
    { query, scope: { kind: 'everywhere' }, includeTrashAndJunk: false, typing: false },
    { sort: 'newest', cursor: null, limit: 50 },
    opened.clock.now(),
    readable,
  );
  return found.hits.map(
    ({ messageId }) =>
      opened.store.read.prepare('SELECT subject FROM messages WHERE id = ?').pluck().get(messageId) as string,
  );
}

test('finds by words of the subject and the sender, newest first', () => {
  observe(opened.store, account.inbox, {
    insert: [
      observed(1, { headers: { subject: 'Quarterly report' } }),
      observed(2, {
        headers: { subject: 'Report of the party', from: [{ name: 'Bob', address: 'bob@b.example' }] },
      }),
      observed(3, { headers: { subject: '東京の大阪' } }),
    ],
  });
  index();
  expect(find('report')).toEqual(['Report of the party', 'Quarterly report']);
  expect(find('report from:bob')).toEqual(['Report of the party']);
  expect(find('report -party')).toEqual(['Quarterly report']);
  expect(find('-party')).toEqual(['東京の大阪', 'Quarterly report']);
  expect(find('京の')).toEqual(['東京の大阪']);
  expect(find('阪')).toEqual(['東京の大阪']);
  expect(find('"~arter~"')).toEqual(['Quarterly report']);
  expect(find('is:unread report')).toEqual(['Report of the party', 'Quarterly report']);
  expect(find('in:inbox repo*')).toEqual(['Report of the party', 'Quarterly report']);
  expect(find('report OR is:starred')).toEqual(['Report of the party', 'Quarterly report']);
});
