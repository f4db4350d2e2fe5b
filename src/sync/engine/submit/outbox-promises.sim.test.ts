import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeSubmitter } from '../../../../test/fakes/fake-submitter';
import { openTestCompose } from '../../../../test/fakes/open-test-compose';
import { openTestEngine, type TestEngine } from '../../../../test/fakes/open-test-engine';
import { parseMessage } from '../../mime/parse-message';
import { releaseOutbox } from '../../store/write/outbox-clock';
import { setFilesCopies } from '../../store/write/submission';

const DAY_MS = 24 * 60 * 60_000;

let submitter: FakeSubmitter;
let engine: TestEngine;
let compose: ReturnType<typeof openTestCompose>;
beforeEach(async () => {
  submitter = new FakeSubmitter();
  engine = await openTestEngine(undefined, undefined, submitter);
  compose = openTestCompose(engine.store, engine.clock);
  await engine.pass(3_000);
  engine.store.writeTx('server', (tx) => setFilesCopies(tx, engine.accountId, 'mail.example.org', false));
});
afterEach(async () => {
  expect(engine.errors).toEqual([]);
  await engine.close();
});

async function write(subject: string, to = 'bea@example.org') {
  return compose.write(await compose.begin(engine.accountId), {
    to: [{ name: '', address: to }],
    subject,
    body: '<p>Text</p>',
  });
}

const messageIdOf = (bytes: Uint8Array | undefined) =>
  parseMessage(bytes ?? new Uint8Array()).facts.messageId;

test('SYNC-270 every attempt sends the same bytes under the same Message-ID, whatever changes meanwhile', async () => {
  const offered: Uint8Array[] = [];
  const submit = submitter.submit.bind(submitter);
  submitter.submit = (submission, options, signal) => {
    offered.push(submission.bytes);
    return submit(submission, options, signal);
  };
  submitter.faults.push({ at: 'data' }, { at: 'connect' });
  const draft = await write('Frozen');
  const { id } = await compose.must(
    compose.methods['drafts.attach']({
      draftId: draft.id,
      filename: 'a.txt',
      mediaType: 'text/plain',
      size: 3,
      inline: false,
    }),
  );
  const base64 = Buffer.from('abc').toString('base64');
  await compose.must(compose.methods['drafts.putBytes']({ attachmentId: id, offset: 0, base64 }));
  await compose.send(draft);
  const frozen = compose.outbox()[0]?.messageIdHeader;
  engine.store.writeTx('user', (tx) => {
    tx.db.exec("UPDATE identities SET name = 'Somebody else'");
    tx.log(-12, 1, 'change');
  });
  for (let n = 0; n < 6; n++) await engine.pass(60_000);
  expect(offered).toHaveLength(3);
  expect(new Set(offered.map((bytes) => Buffer.from(bytes).toString('latin1'))).size).toBe(1);
  expect(submitter.taken).toHaveLength(1);
  expect(`<${messageIdOf(submitter.taken[0]?.bytes)}>`).toBe(frozen);
});

test('SYNC-279 it is looked for in the inbox, too, and in answers; a server known to file says more', async () => {
  submitter.faults.push({ at: 'terminator-taken' });
  submitter.onTaken = ({ bytes }) => {
    const arrived = Buffer.concat([Buffer.from('Received: from us\r\n'), bytes]);
    engine.server.deliver('INBOX', arrived, engine.clock.now());
  };
  await compose.send(await write('To myself', engine.account().email));
  await engine.pass(10_000);
  expect(compose.outbox().map(({ state }) => state)).toEqual(['done']);
  submitter.onTaken = () => undefined;

  submitter.faults.push({ at: 'terminator-taken' });
  await compose.send(await write('Answered'));
  await engine.pass(10_000);
  const asked = compose.outbox().find(({ subject }) => subject === 'Answered');
  expect(asked?.state).toBe('unknown');
  const bounce = `From: mailer@example.org\r\nSubject: Re: Answered\r\nMessage-ID: <b@x>\r\nIn-Reply-To: ${asked?.messageIdHeader}\r\n\r\nNo.\r\n`;
  engine.server.deliver('INBOX', Buffer.from(bounce), engine.clock.now());
  await engine.pass(60_000);
  await engine.pass(110_000);
  expect(compose.outbox().filter(({ state }) => state !== 'done')).toEqual([]);

  engine.store.writeTx('server', (tx) => setFilesCopies(tx, engine.accountId, 'mail.example.org', true));
  submitter.faults.push({ at: 'terminator-lost' });
  await compose.send(await write('Lost'));
  for (let n = 0; n < 8; n++) await engine.pass(60_000);
  expect(compose.outbox()[0]).toMatchObject({ state: 'unknown', observed: 'probably-not-sent' });
  expect(submitter.taken).toHaveLength(2);
});

test('SYNC-286 the server refuses the copy: the message was sent all the same, is shown, and the copy has its own retry', async () => {
  engine.server.appendRefusal = { kind: 'rejected', message: 'The mailbox is full.' };
  await compose.send(await write('Sent'));
  expect(compose.inMailbox('Sent')).toMatchObject([{ subject: 'Sent' }]);
  await engine.pass(10_000);
  expect(submitter.taken).toHaveLength(1);
  expect(compose.outbox()[0]).toMatchObject({ state: 'filing', recipients: [{ state: 'accepted' }] });
  expect(compose.inMailbox('Sent')).toHaveLength(1);
  const parked = engine.store.read
    .prepare("SELECT kind FROM pending_changes WHERE state = 'parked'")
    .pluck()
    .all();
  expect(parked).toEqual(['append']);
  engine.server.appendRefusal = null;
  engine.store.writeTx('user', (tx) => {
    tx.db.exec("UPDATE pending_changes SET state = 'waiting', not_before = 0");
    tx.log(-3, 1, 'change');
  });
  await engine.pass(5_000);
  expect(compose.outbox()[0]?.state).toBe('done');
  expect(engine.server.mailbox('Sent').messages.size).toBe(1);
  expect(submitter.taken).toHaveLength(1);
});

test('SYNC-288 a message for later leaves when its time has come, an hour late too, and asks when it is a day late', async () => {
  const later = async (subject: string, inMs: number) => {
    const draft = await write(subject);
    const at = engine.clock.now() + inMs;
    return compose.must(
      compose.methods['drafts.send']({
        draftId: draft.id,
        revision: draft.revision,
        undoSeconds: 10,
        later: { at, zone: 'Europe/Berlin' },
      }),
    );
  };
  await later('Soon', 60_000);
  const { outboxId } = await later('Much later', 3 * DAY_MS);
  await engine.pass(30_000);
  expect(compose.outbox()).toMatchObject([
    { subject: 'Soon', state: 'held', zone: 'Europe/Berlin' },
    { subject: 'Much later', state: 'held' },
  ]);
  // The computer sleeps an hour over the first, and more than a day over the second.
  engine.clock.spend(60 * 60_000);
  await engine.pass(70_000);
  expect(submitter.taken).toHaveLength(1);
  engine.clock.spend(4 * DAY_MS + 60 * 60_000);
  await engine.pass(70_000);
  const overdue = compose.outbox().find(({ id }) => id === outboxId);
  expect(overdue).toMatchObject({ state: 'held', overdue: true });
  expect(submitter.taken).toHaveLength(1);
  await compose.must(compose.methods['outbox.sendNow']({ outboxId }));
  await engine.pass(5_000);
  expect(submitter.taken).toHaveLength(2);
});

test('SYNC-290 a failed message is edited as a new draft with a Message-ID of its own and stays until it is discarded', async () => {
  submitter.faults.push({ at: 'refusal', failure: { kind: 'rejected', message: 'No.' } });
  const { outboxId } = await compose.send(await write('Refused'));
  await engine.pass(3_000);
  const copy = await compose.must(compose.methods['outbox.edit']({ outboxId }));
  expect(copy.content).toMatchObject({ subject: 'Refused', body: '<p>Text</p>' });
  expect(compose.outbox()).toMatchObject([{ state: 'failed' }]);
  await compose.send(copy);
  await engine.pass(5_000);
  const failed = compose.outbox().find(({ id }) => id === outboxId);
  expect(`<${messageIdOf(submitter.taken[0]?.bytes)}>`).not.toBe(failed?.messageIdHeader);
  await compose.must(compose.methods['outbox.retry']({ outboxId }));
  await engine.pass(5_000);
  expect(submitter.taken).toHaveLength(2);
});

test('SYNC-305 sending or discarding a draft removes every revision with its token, also one nobody here knows of', async () => {
  const plant = (draftId: number) => {
    const token = engine.store.read.prepare('SELECT token FROM drafts WHERE id = ?').pluck().get(draftId);
    const old = `From: me@example.org\r\nSubject: Old\r\nMessage-ID: <o${draftId}@x>\r\nX-Homeport-Draft: ${token} 0\r\n\r\nold\r\n`;
    engine.server.deliver('Drafts', Buffer.from(old), engine.clock.now(), ['$draft']);
  };
  const sent = await write('Sent');
  const discarded = await write('Discarded');
  await engine.pass(8_000);
  plant(sent.id);
  plant(discarded.id);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(4);
  await compose.send(sent);
  await compose.must(compose.methods['drafts.discard']({ draftId: discarded.id }));
  await engine.pass(20_000);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(0);
  expect(compose.inMailbox('Drafts')).toEqual([]);
});

test('a draft of another program is opened as it is, and the next save takes its place upstream', async () => {
  const source =
    'From: me@example.org\r\nTo: bea@example.org\r\nSubject: Begun elsewhere\r\nMessage-ID: <e@x>\r\n\r\nHello Bea\r\n';
  engine.server.deliver('Drafts', Buffer.from(source), engine.clock.now(), ['$draft']);
  await engine.pass(65_000);
  const messageId = engine.messageId('Begun elsewhere');
  const opened = await compose.must(compose.methods['drafts.openMessage']({ messageId }));
  expect(opened.content).toMatchObject({ subject: 'Begun elsewhere', to: [{ address: 'bea@example.org' }] });
  expect(opened.content.body).toContain('Hello Bea');
  await compose.write(opened, { subject: 'Finished here' });
  expect(compose.inMailbox('Drafts').map(({ subject }) => subject)).toEqual(['Finished here']);
  await engine.pass(10_000);
  const upstream = [...engine.server.mailbox('Drafts').messages.values()];
  expect(upstream.map(({ source: bytes }) => parseMessage(bytes).facts.subject)).toEqual(['Finished here']);
  const again = await compose.must(compose.methods['drafts.openMessage']({ messageId }));
  expect(again.id).toBe(opened.id);
});

test('an undo window runs again after a start, and does not grow with every further one', async () => {
  await compose.send(await write('Held'), 10);
  const left = () => (compose.outbox()[0]?.notBefore ?? 0) - engine.clock.now();
  expect(left()).toBe(10_000);
  for (let start = 0; start < 4; start++) {
    engine.clock.spend(90_000);
    engine.store.writeTx('server', releaseOutbox);
    expect(left()).toBe(10_000);
  }
});
