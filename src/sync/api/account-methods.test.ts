import { afterEach, expect, test } from 'vitest';
import { createFakeConnector } from '../../../test/fakes/fake-connector';
import { FakeMailServer } from '../../../test/fakes/fake-mail-server';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { ImapAccountInput } from '../../shared/contract/methods';
import type { ProbeView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import type { Ports } from '../ports/ports';
import { getAccount } from '../store/read/accounts';
import { accountMethods } from './account-methods';
import { createRequests } from './requests';

let engine: TestEngine;
afterEach(() => engine.close());

const settings: ImapAccountInput = {
  email: 'anna@harbour.example',
  name: 'Harbour',
  imap: { host: 'imap.harbour.example', port: 993, security: 'tls', user: 'anna' },
  caPem: null,
  auth: 'password',
  secretRef: 'handle',
  pinned: [],
};

/** Methods over the test engine that count the connection tests. */
async function open(verdict: ProbeView['verdict'] = 'ok') {
  engine = await openTestEngine();
  const probed: ImapAccountInput[] = [];
  const probedSending: ImapAccountInput[] = [];
  const forgotten: string[] = [];
  /** Where a login leads that is not stored yet. */
  const behind = { server: engine.server };
  const vault = { delete: async (ref: string) => void forgotten.push(ref) };
  const ports = { clock: engine.clock, random: createFakeRandom(), vault } as unknown as Ports;
  const methods = accountMethods({
    store: engine.store,
    supervisor: engine.supervisor,
    ports,
    requests: createRequests(),
    probe: async (tested) => {
      probed.push(tested);
      return { verdict, steps: [] };
    },
    probeSending: async (tested) => {
      probedSending.push(tested);
      return { verdict, steps: [] };
    },
    connect: () => createFakeConnector(behind.server),
  });
  return { methods, probed, probedSending, forgotten, behind };
}

test('an account whose test just succeeded is added without a second login', async () => {
  const { methods, probed } = await open();
  await methods['accounts.probe'](settings);
  expect(await methods['accounts.addImap'](settings)).toMatchObject({ ok: true });
  expect(probed).toHaveLength(1);
});

test('the same account is added once, also when two windows add it at the same moment', async () => {
  const { methods } = await open();
  const add = () => methods['accounts.addImap'](settings);
  const both = await Promise.all([add(), add()]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const refused = { kind: 'conflict', message: expect.stringContaining('“Harbour”') };
  expect(both.find(({ ok }) => !ok)).toMatchObject({ failure: refused });
  expect(await add()).toMatchObject({ ok: false, failure: refused });
});

test('other settings, an old test or none: adding tests by itself', async () => {
  const { methods, probed } = await open();
  await methods['accounts.probe'](settings);
  const other = { ...settings, imap: { ...settings.imap, user: 'bert' } };
  expect(await methods['accounts.addImap'](other)).toMatchObject({ ok: true });
  expect(probed).toHaveLength(2);
  await methods['accounts.probe'](settings);
  engine.clock.advance(61_000);
  expect(await methods['accounts.addImap'](settings)).toMatchObject({ ok: true });
  expect(probed).toHaveLength(4);
});

test('a test that failed adds nothing', async () => {
  const { methods, probed } = await open('wrong-password');
  await methods['accounts.probe'](settings);
  expect(await methods['accounts.addImap'](settings)).toMatchObject({ ok: false });
  expect(probed).toHaveLength(2);
});

test('SYNC-021 a sign-in that opens another mailbox is refused and nothing is merged', async () => {
  const { methods, forgotten, behind } = await open();
  for (let n = 0; n < 30; n++) engine.deliver(`m${n}`);
  await engine.pass(3_000);
  const { accountId } = engine;
  const secret = () => engine.store.read.prepare('SELECT secret_ref FROM accounts').pluck().get();

  const other = new FakeMailServer();
  for (let n = 0; n < 30; n++)
    other.deliver('INBOX', Buffer.from(`Subject: theirs ${n}\r\nMessage-ID: <t${n}@x>\r\n\r\n.\r\n`), n);
  behind.server = other;
  const refused = await methods['accounts.signIn']({ accountId, secretRef: 'theirs' });
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  expect([secret(), forgotten]).toEqual(['none', []]);
  // The same numbers over other mail are no proof either.
  other.mailbox('INBOX').uidValidity = engine.server.mailbox('INBOX').uidValidity;
  expect(await methods['accounts.signIn']({ accountId, secretRef: 'theirs' })).toMatchObject({ ok: false });
  expect(engine.subjects('INBOX')).toHaveLength(30);
  expect(engine.subjects('INBOX').filter((subject) => subject.startsWith('theirs'))).toEqual([]);

  // The same person is let in, also when the server was rebuilt meanwhile.
  behind.server = engine.server;
  expect(await methods['accounts.signIn']({ accountId, secretRef: 'mine' })).toMatchObject({ ok: true });
  expect([secret(), forgotten]).toEqual(['mine', ['none']]);
  engine.server.rebuild('INBOX');
  expect(await methods['accounts.signIn']({ accountId, secretRef: 'mine again' })).toMatchObject({
    ok: true,
  });
  await engine.pass(3_000);
  expect(engine.subjects('INBOX')).toHaveLength(30);
});

const sending = { host: 'smtp.harbour.example', port: 465, security: 'tls', user: null } as const;
const storedSending = () => getAccount(engine.store.read, engine.accountId)?.settings?.submission;

test('another server for sending is tested by itself, with the secret of the account, and then stored', async () => {
  const { methods, probed, probedSending } = await open();
  const { accountId } = engine;
  expect(
    await methods['accounts.setSubmission']({ accountId, submission: sending, untested: false }),
  ).toEqual({ ok: true, value: { result: 'stored', probe: { verdict: 'ok', steps: [] } } });
  expect(probed).toEqual([]);
  expect(probedSending).toMatchObject([{ submission: sending, secretRef: 'none', imap: { user: 'test' } }]);
  expect(storedSending()).toEqual(sending);
});

test('a server for sending that fails its test is not stored, unless the person wants no test', async () => {
  const { methods, probedSending } = await open('unreachable');
  const { accountId } = engine;
  const before = storedSending();
  const change = { accountId, submission: sending };
  expect(await methods['accounts.setSubmission']({ ...change, untested: false })).toMatchObject({
    ok: true,
    value: { result: 'refused', probe: { verdict: 'unreachable' } },
  });
  expect(storedSending()).toEqual(before);
  expect(await methods['accounts.setSubmission']({ ...change, untested: true })).toEqual({
    ok: true,
    value: { result: 'stored', probe: null },
  });
  expect(storedSending()).toEqual(sending);
  expect(probedSending).toHaveLength(1);
  expect(
    await methods['accounts.setSubmission']({ accountId, submission: null, untested: false }),
  ).toMatchObject({ ok: true, value: { result: 'stored' } });
  expect(storedSending()).toBeNull();
});

test('sending without encryption to another computer is refused before anybody is asked', async () => {
  const { methods, probedSending } = await open();
  const { accountId } = engine;
  const bare = { ...sending, security: 'none' as const };
  expect(
    await methods['accounts.setSubmission']({ accountId, submission: bare, untested: true }),
  ).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  const nobody = 99 as AccountId;
  expect(
    await methods['accounts.setSubmission']({ accountId: nobody, submission: sending, untested: true }),
  ).toMatchObject({ ok: false, failure: { kind: 'not-found' } });
  expect(probedSending).toEqual([]);
});
