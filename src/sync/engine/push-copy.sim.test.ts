import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCompose } from '../../../test/fakes/open-test-compose';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { AppendRequest } from '../connectors/contract';
import { draftView } from '../store/read/drafts';
import { recount } from '../store/recount';

let engine: TestEngine;
let compose: ReturnType<typeof openTestCompose>;
const appended: AppendRequest[] = [];
let inFlight = 0;
let most = 0;
let slow = 0;
beforeEach(async () => {
  appended.length = 0;
  [inFlight, most, slow] = [0, 0, 0];
  engine = await openTestEngine((connector) => ({
    ...connector,
    append: async (request, wire, signal) => {
      appended.push(request);
      inFlight += 1;
      most = Math.max(most, inFlight);
      if (slow > 0) await engine.clock.sleep(slow);
      const report = await connector.append(request, wire, signal);
      inFlight -= 1;
      return report;
    },
  }));
  compose = openTestCompose(engine.store, engine.clock);
  await engine.pass(3_000);
});
afterEach(async () => {
  expect(engine.errors).toEqual([]);
  expect(recount(engine.store.read)).toEqual([]);
  await engine.close();
});

const upstream = () => [...engine.server.mailbox('Drafts').messages.values()];

test('SYNC-302 a draft goes upstream after 5 s without a word, or when it is left; one save at a time, and the newest wins', async () => {
  let draft = await compose.begin(engine.accountId);
  for (let n = 0; n < 10; n++) {
    draft = await compose.write(draft, { subject: `Version ${n}` });
    await engine.pass(1_000);
  }
  expect(appended).toEqual([]);
  await engine.pass(6_000);
  expect(appended.map(({ draft: saved }) => saved?.revision)).toEqual([10]);
  expect(draftView(engine.store.read, draft.id)?.saved).toBe('server');

  slow = 3_000;
  draft = await compose.write(draft, { subject: 'Left' });
  await compose.must(compose.methods['drafts.close']({ draftId: draft.id }));
  await engine.pass(1_000);
  expect(inFlight).toBe(1);
  draft = await compose.write(draft, { subject: 'While it is on its way' });
  await compose.must(compose.methods['drafts.close']({ draftId: draft.id }));
  draft = await compose.write(draft, { subject: 'The newest' });
  await compose.must(compose.methods['drafts.close']({ draftId: draft.id }));
  await engine.pass(15_000);
  expect(most).toBe(1);
  expect(appended.map(({ draft: saved }) => saved?.revision)).toEqual([10, 11, 13]);
  expect(upstream()).toHaveLength(1);
  expect(draftView(engine.store.read, draft.id)).toMatchObject({ saved: 'server', revision: 13 });
  expect(compose.inMailbox('Drafts')).toMatchObject([{ subject: 'The newest' }]);
});

test.each(['cut-before', 'cut-after'] as const)(
  'a draft whose save was cut (%s) is upstream exactly once',
  async (fault) => {
    const draft = await compose.write(await compose.begin(engine.accountId), { subject: 'Once' });
    await engine.pass(6_000);
    await compose.write(draft, { subject: 'Twice' });
    engine.server.fault = fault;
    for (let n = 0; n < 6; n++) await engine.pass(20_000);
    expect(upstream()).toHaveLength(1);
    expect(Buffer.from(upstream()[0]?.source ?? []).toString()).toContain('Subject: Twice');
    expect(compose.inMailbox('Drafts')).toMatchObject([{ subject: 'Twice' }]);
    expect(draftView(engine.store.read, draft.id)?.saved).toBe('server');
  },
);

test('a draft is read, tells nobody of new mail, and is counted as a draft', async () => {
  await compose.write(await compose.begin(engine.accountId), { subject: 'Quiet' });
  await engine.pass(70_000);
  expect(engine.events.filter(({ kind }) => kind === 'new-mail')).toEqual([]);
  const unread = engine.store.read
    .prepare('SELECT coalesce(sum(unread_messages), 0) FROM lists')
    .pluck()
    .get();
  expect(unread).toBe(0);
  expect(compose.inMailbox('Drafts')).toMatchObject([{ keywords: '$draft $seen' }]);
});
