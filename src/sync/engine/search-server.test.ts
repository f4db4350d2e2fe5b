import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { ok } from '../../shared/outcome';
import type { QueryNode } from '../../shared/search/query';
import type { Connector, ServerSearch, ServerSearchReport } from '../connectors/contract';
import { packMessage } from '../store/pack-message';
import { getCheckpoint } from '../store/read/checkpoints';
import { recount } from '../store/recount';
import type { RunnerContext } from './runner-context';
import { searchServer } from './search-server';

const QUERY: QueryNode = { kind: 'text', field: null, text: 'needle', match: 'words' };
const never = new AbortController().signal;

let opened: TestStore;
let account: TestAccount;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
});
afterEach(() => opened.remove());

function context(search: Connector['search']): RunnerContext {
  const connector = { connect: async () => ok({}), ...(search ? { search } : {}) } as unknown as Connector;
  const { store, clock } = opened;
  return {
    accountId: account.accountId,
    store,
    clock,
    connector,
    lookedAt: () => null,
  } as unknown as RunnerContext;
}

function answering(reports: Partial<Record<string, Partial<ServerSearchReport>>>) {
  const asked: ServerSearch[] = [];
  const search: Connector['search'] = async (request) => {
    asked.push(request);
    const nothing = { uidValidity: '1', uids: [], added: [], untranslated: [] };
    return ok({ ...nothing, ...reports[request.remoteKey] });
  };
  return { asked, search };
}

test('headers of hits that nobody has here are stored, and the checkpoint stays where it is', async () => {
  const { added } = observe(opened.store, account.inbox, { insert: [observed(5)] });
  const before = getCheckpoint(opened.store.read, account.inbox);
  const { asked, search } = answering({
    INBOX: { uids: [5, 2], added: [packMessage(observed(2, { headers: { subject: 'From the server' } }))] },
  });
  const request = { query: QUERY, mailboxIds: [account.inbox], nowMs: 0 };
  const found = await searchServer(context(search), request, never);
  expect(asked).toEqual([{ remoteKey: 'INBOX', query: QUERY, nowMs: 0, knownUids: [[5, 5]] }]);
  if (!found.ok) throw new Error('it failed');
  const subjects = found.value.messageIds.map((id) =>
    opened.store.read.prepare('SELECT subject FROM messages WHERE id = ?').pluck().get(id),
  );
  expect(found.value.messageIds[0]).toBe(added[0]);
  expect(subjects).toEqual(['Hello', 'From the server']);
  expect(getCheckpoint(opened.store.read, account.inbox)).toEqual(before);
  expect(recount(opened.store.read)).toEqual([]);
  // The first sync comes to it later: it is known.
  observe(opened.store, account.inbox, {
    insert: [observed(2, { headers: { subject: 'From the server' } })],
  });
  expect(opened.store.read.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(2);
});

test('a mailbox that was rebuilt meanwhile, or never synced, gives no hits', async () => {
  observe(opened.store, account.inbox, { insert: [observed(1)] });
  const { search } = answering({
    INBOX: { uidValidity: '2', uids: [1], added: [packMessage(observed(1))] },
    Work: { uids: [1], added: [packMessage(observed(1))] },
  });
  const request = { query: QUERY, mailboxIds: [account.inbox, account.work], nowMs: 0 };
  const found = await searchServer(context(search), request, never);
  expect(found).toMatchObject({ ok: true, value: { messageIds: [], skipped: 2, failures: [] } });
});

test('a protocol without a search says so', async () => {
  const found = await searchServer(context(undefined), { query: QUERY, mailboxIds: null, nowMs: 0 }, never);
  expect(found).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
});
