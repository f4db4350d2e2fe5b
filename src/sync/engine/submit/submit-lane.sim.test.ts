import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeSubmitter } from '../../../../test/fakes/fake-submitter';
import { openTestCompose } from '../../../../test/fakes/open-test-compose';
import { openTestEngine, type TestEngine } from '../../../../test/fakes/open-test-engine';
import { recount } from '../../store/recount';
import { setFilesCopies } from '../../store/write/submission';

let submitter: FakeSubmitter;
let engine: TestEngine;
let compose: ReturnType<typeof openTestCompose>;
beforeEach(async () => {
  submitter = new FakeSubmitter();
  engine = await openTestEngine(undefined, undefined, submitter);
  compose = openTestCompose(engine.store, engine.clock, {
    holdBack: (accountId, outboxId) => engine.supervisor.holdBack(accountId, outboxId),
  });
  await engine.pass(3_000);
  engine.store.writeTx('server', (tx) => setFilesCopies(tx, engine.accountId, 'mail.example.org', false));
});
afterEach(async () => {
  expect(engine.errors).toEqual([]);
  expect(recount(engine.store.read)).toEqual([]);
  await engine.close();
});

async function write(subject = 'Hello') {
  return compose.write(await compose.begin(engine.accountId), {
    to: [{ name: 'Bea', address: 'bea@example.org' }],
    subject,
    body: '<p>Text</p>',
  });
}

const sentUpstream = () => [...engine.server.mailbox('Sent').messages.values()];
const state = () => compose.outbox().map((entry) => entry.state);

test('what is sent is handed over, filed once, and taken out of the drafts', async () => {
  const draft = await write();
  await engine.pass(8_000);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(1);
  await compose.send(draft);
  expect(compose.inMailbox('Sent')).toMatchObject([{ subject: 'Hello', keywords: '$seen' }]);
  expect(compose.inMailbox('Drafts')).toEqual([]);
  await engine.pass(10_000);
  expect(submitter.taken).toHaveLength(1);
  expect(state()).toEqual(['done']);
  expect(sentUpstream()).toHaveLength(1);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(0);
  await engine.pass(120_000);
  expect(compose.inMailbox('Sent')).toHaveLength(1);
  expect(sentUpstream()).toHaveLength(1);
});

test('a server of unknown habits is watched for a minute before we file the copy ourselves', async () => {
  engine.store.writeTx('server', (tx) => {
    tx.db.exec('UPDATE submission_facts SET files_copies = NULL');
    tx.log(-11, 0, 'change');
  });
  await compose.send(await write());
  await engine.pass(40_000);
  expect(submitter.taken).toHaveLength(1);
  expect(sentUpstream()).toHaveLength(0);
  expect(compose.inMailbox('Sent')).toHaveLength(1);
  await engine.pass(60_000);
  expect(sentUpstream()).toHaveLength(1);
  expect(state()).toEqual(['done']);
});

test('a server that files copies by itself is believed, and there is never a double on screen', async () => {
  engine.store.writeTx('server', (tx) => {
    tx.db.exec('UPDATE submission_facts SET files_copies = NULL');
    tx.log(-11, 0, 'change');
  });
  submitter.onTaken = ({ bytes }) => {
    engine.server.deliver('Sent', bytes, engine.clock.now(), ['$seen']);
  };
  await compose.send(await write());
  for (let n = 0; n < 30; n++) {
    await engine.pass(5_000);
    expect(compose.inMailbox('Sent')).toHaveLength(1);
  }
  expect(sentUpstream()).toHaveLength(1);
  await compose.send(await write('Second'));
  await engine.pass(120_000);
  expect(sentUpstream()).toHaveLength(2);
  expect(compose.inMailbox('Sent').map(({ subject }) => subject)).toEqual(['Hello', 'Second']);
});

test('SYNC-285 when both have filed a copy, ours goes and the habit is corrected', async () => {
  submitter.onTaken = ({ bytes }) => {
    engine.clock.after(5_000, () => engine.server.deliver('Sent', bytes, engine.clock.now(), ['$seen']));
  };
  await compose.send(await write());
  await engine.pass(10_000);
  expect(sentUpstream()).toHaveLength(2);
  expect(compose.inMailbox('Sent')).toHaveLength(1);
  await engine.pass(120_000);
  expect(sentUpstream()).toHaveLength(1);
  expect(compose.inMailbox('Sent')).toHaveLength(1);
  await compose.send(await write('Second'));
  await engine.pass(200_000);
  expect(sentUpstream()).toHaveLength(2);
});

test('a passing refusal waits and goes on by itself, a permanent one fails with the words of the server', async () => {
  submitter.faults.push({ at: 'refusal', failure: { kind: 'throttled', message: 'Busy.' } });
  await compose.send(await write());
  await engine.pass(2_000);
  expect(compose.outbox()).toMatchObject([{ state: 'queued', attempts: 1, failure: { message: 'Busy.' } }]);
  await engine.pass(100_000);
  expect(submitter.taken).toHaveLength(1);
  submitter.faults.push({
    at: 'refusal',
    failure: { kind: 'rejected', message: 'No.', serverText: '550 5.7.1 no' },
  });
  await compose.send(await write('Refused'));
  await engine.pass(2_000);
  expect(compose.outbox()[0]).toMatchObject({ state: 'failed', failure: { serverText: '550 5.7.1 no' } });
  expect(engine.events.filter(({ kind }) => kind === 'unsent' || kind === 'parked')).toMatchObject([
    { kind: 'unsent', subject: 'Refused', reason: 'failed', failure: { serverText: '550 5.7.1 no' } },
  ]);
});

test('what cannot leave for a quarter of an hour is told once, however long it lasts', async () => {
  for (let attempt = 0; attempt < 20; attempt++)
    submitter.faults.push({ at: 'refusal', failure: { kind: 'throttled', message: 'Busy.' } });
  await compose.send(await write());
  await engine.pass(14 * 60_000);
  expect(engine.events.filter(({ kind }) => kind === 'unsent')).toEqual([]);
  await engine.pass(3 * 60 * 60_000);
  expect(engine.events.filter(({ kind }) => kind === 'unsent')).toMatchObject([
    { reason: 'delayed', failure: { message: 'Busy.' } },
  ]);
});

test('SYNC-276 a refused recipient stops all; to the others on request, then only to those not yet accepted', async () => {
  submitter.refuses.set('bea@example.org', { kind: 'rejected', message: 'Unknown.', serverText: '550 no' });
  const draft = await compose.write(await compose.begin(engine.accountId), {
    to: [
      { name: '', address: 'bea@example.org' },
      { name: '', address: 'cid@example.org' },
    ],
    subject: 'Two',
    body: 'Text',
    format: 'text',
  });
  const { outboxId } = await compose.send(draft);
  await engine.pass(2_000);
  expect(submitter.taken).toEqual([]);
  expect(compose.outbox()[0]).toMatchObject({
    state: 'failed',
    failure: { message: expect.stringContaining('bea@example.org') },
  });
  await compose.must(compose.methods['outbox.sendToOthers']({ outboxId }));
  await engine.pass(5_000);
  expect(submitter.taken.map(({ to }) => to)).toEqual([['cid@example.org']]);
  expect(compose.outbox()[0]).toMatchObject({
    state: 'partial',
    recipients: [{ state: 'refused' }, { state: 'accepted' }],
  });
  submitter.refuses.clear();
  await compose.must(compose.methods['outbox.retry']({ outboxId }));
  await engine.pass(5_000);
  expect(submitter.taken.map(({ to }) => to)).toEqual([['cid@example.org'], ['bea@example.org']]);
  expect(submitter.taken[1]?.bytes).toEqual(submitter.taken[0]?.bytes);
  expect(state()).toEqual(['done']);
  expect(sentUpstream()).toHaveLength(1);
});

test('what was handed over and not confirmed is found among the sent ones', async () => {
  submitter.faults.push({ at: 'terminator-taken' });
  submitter.onTaken = ({ bytes }) => {
    engine.server.deliver('Sent', bytes, engine.clock.now(), ['$seen']);
  };
  await compose.send(await write());
  await engine.pass(10_000);
  expect(submitter.taken).toHaveLength(1);
  expect(state()).toEqual(['done']);
  expect(compose.inMailbox('Sent')).toHaveLength(1);
});

test('what cannot be found is asked about after three looks and never sent again by a timer', async () => {
  submitter.faults.push({ at: 'terminator-lost' });
  const { outboxId } = await compose.send(await write());
  await engine.pass(120_000);
  expect(compose.outbox()).toMatchObject([{ state: 'unknown', observed: null }]);
  for (let n = 0; n < 10; n++) await engine.pass(120_000);
  expect(compose.outbox()).toMatchObject([{ state: 'unknown', observed: 'not-in-sent' }]);
  expect(submitter.taken).toEqual([]);
  await compose.must(compose.methods['outbox.retry']({ outboxId }));
  await engine.pass(5_000);
  expect(submitter.taken).toHaveLength(1);
});

test('undo within the window brings the draft back with identical content; nothing leaves', async () => {
  const draft = await write();
  await engine.pass(8_000);
  const { outboxId } = await compose.send(draft, 10);
  await engine.pass(5_000);
  expect(state()).toEqual(['held']);
  const back = await compose.must(compose.methods['outbox.undo']({ outboxId }));
  expect(back.content).toEqual(draft.content);
  expect(compose.inMailbox('Sent')).toEqual([]);
  expect(compose.inMailbox('Drafts')).toHaveLength(1);
  await engine.pass(20_000);
  expect(submitter.taken).toEqual([]);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(1);
});

test('what is leaving comes back until its last byte is gone, and is not tried again meanwhile', async () => {
  const stages: string[] = [];
  let goOn: () => void = () => undefined;
  const holdAt = (wanted: string) => {
    submitter.pause = (step) => {
      stages.push(step);
      if (step !== wanted) return Promise.resolve();
      return new Promise((resolve) => {
        goOn = resolve;
      });
    };
  };
  holdAt('data');
  const draft = await write();
  await engine.pass(8_000);
  const { outboxId } = await compose.send(draft);
  await engine.pass(2_000);
  expect(state()).toEqual(['submitting']);
  const undoing = compose.methods['outbox.undo']({ outboxId });
  goOn();
  const back = await compose.must(undoing);
  expect(back.content).toEqual(draft.content);
  await engine.pass(60_000);
  expect(submitter.taken).toEqual([]);
  expect(stages.filter((step) => step === 'connect')).toHaveLength(1);

  holdAt('answer');
  const again = await compose.send(back);
  await engine.pass(2_000);
  const late = compose.methods['outbox.undo']({ outboxId: again.outboxId });
  goOn();
  expect(await late).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  await engine.pass(10_000);
  expect(submitter.taken).toHaveLength(1);
  expect(state()).toEqual(['done']);
});

test('a copy the server files without the blind copies is the same message on screen', async () => {
  engine.store.writeTx('server', (tx) => setFilesCopies(tx, engine.accountId, 'mail.example.org', true));
  submitter.onTaken = ({ bytes }) => {
    const received = Buffer.concat([Buffer.from('Received: by here\r\n'), bytes]);
    engine.clock.after(4_000, () => engine.server.deliver('Sent', received, engine.clock.now(), ['$seen']));
  };
  const draft = await compose.write(await compose.begin(engine.accountId), {
    to: [{ name: '', address: 'bea@example.org' }],
    bcc: [{ name: '', address: 'cid@example.org' }],
    subject: 'Blind',
    body: 'Text',
    format: 'text',
  });
  await compose.send(draft);
  for (let n = 0; n < 20; n++) {
    await engine.pass(2_000);
    expect(compose.inMailbox('Sent')).toHaveLength(1);
  }
  expect(state()).toEqual(['done']);
  expect(sentUpstream()).toHaveLength(1);
  expect(submitter.taken[0]?.to).toEqual(['bea@example.org', 'cid@example.org']);
  expect(Buffer.from(submitter.taken[0]?.bytes ?? []).toString()).not.toContain('cid@');
});

test('SYNC-289 small ones go first, one at a time, and a failing one does not stop the next', async () => {
  const large = await compose.write(await compose.begin(engine.accountId), {
    to: [{ name: '', address: 'bea@example.org' }],
    subject: 'Large',
    body: 'x'.repeat(50_000),
    format: 'text',
  });
  const small = await write('Small');
  let inFlight = 0;
  let most = 0;
  submitter.pause = async (step) => {
    if (step === 'connect') inFlight += 1;
    most = Math.max(most, inFlight);
    await engine.clock.sleep(300);
    if (step === 'answer') inFlight -= 1;
  };
  engine.network.report('offline');
  await engine.pass(1_000);
  await compose.send(large);
  await compose.send(small);
  const failing = await write('Failing');
  submitter.faults.push({ at: 'refusal', failure: { kind: 'rejected', message: 'No.' } });
  await compose.send(failing);
  await engine.pass(1_000);
  engine.network.report('online');
  await engine.pass(4_000);
  await engine.pass(3_000);
  await engine.pass(3_000);
  expect(submitter.taken).toHaveLength(2);
  expect(Buffer.from(submitter.taken[1]?.bytes ?? []).toString()).toContain('Subject: Large');
  // The one that was refused never came to its answer.
  expect(most).toBeLessThanOrEqual(2);
  expect(state()).toEqual(['failed', 'done', 'done']);
});

test('a draft edited on another device stays in both versions: theirs, and ours as ours alone', async () => {
  const draft = await write('Mine');
  await engine.pass(8_000);
  const [uid] = [...engine.server.mailbox('Drafts').messages.keys()];
  const later = await compose.write(draft, { body: '<p>unsaved here</p>' });
  const theirs = 'From: a@example.org\r\nSubject: Mine, theirs\r\nMessage-ID: <x@y>\r\n\r\nnew\r\n';
  engine.server.deliver('Drafts', Buffer.from(theirs), engine.clock.now(), ['$draft']);
  engine.server.remove('Drafts', uid ?? 0);
  void engine.supervisor.syncNow(engine.accountId, null);
  await engine.pass(2_000);
  expect(compose.inMailbox('Drafts').map(({ subject }) => subject)).toEqual(['Mine', 'Mine, theirs']);
  await engine.pass(10_000);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(2);
  expect(compose.inMailbox('Drafts')).toHaveLength(2);
  const again = await compose.write(later, { body: '<p>and on</p>' });
  await engine.pass(10_000);
  expect(again.revision).toBe(3);
  expect(engine.server.mailbox('Drafts').messages.size).toBe(2);
});
