import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DraftContent, OutboxView } from '../../src/shared/contract/compose-views';
import { freePort } from '../servers/free-port';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { type SmtpServer, startSmtp } from '../servers/start-smtp';
import { startEngine, stopEngines, type TestEngine, until } from './engine-support';

let server: DovecotServer;
let smtp: SmtpServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(async () => {
  await stopEngines();
  await smtp.stop();
});

/** An account that sends; its server is known to file no copies, so that nobody waits a minute to find out. */
async function sendingAccount(): Promise<{ user: TestUser; engine: TestEngine }> {
  smtp = await startSmtp({ plain: true });
  const user = await server.addUser();
  const engine = await startEngine();
  await engine.addImap(user, server.imapPort, {
    submission: { host: '127.0.0.1', port: smtp.port, security: 'none', user: user.name },
  });
  await engine.sync();
  const db = new Database(join(engine.profileDir, 'homeport.sqlite'));
  db.exec(`INSERT INTO submission_facts (account_id, host, files_copies) VALUES (1, '127.0.0.1', 0)
    ON CONFLICT DO UPDATE SET files_copies = 0`);
  db.close();
  return { user, engine };
}

async function draft(engine: TestEngine, subject: string, over: Partial<DraftContent> = {}) {
  const begun = await engine.call('drafts.create', {
    kind: 'new',
    messageId: null,
    accountId: null,
    selection: null,
    quick: false,
    mailto: null,
  });
  const content = {
    ...begun.content,
    to: [{ name: 'Bea', address: 'bea@example.net' }],
    subject,
    body: '<p>Hello Bea</p>',
    ...over,
  };
  const saved = await engine.call('drafts.save', { draftId: begun.id, baseRevision: 0, content });
  return { draftId: begun.id, revision: saved.revision, content };
}

async function send(
  engine: TestEngine,
  subject: string,
  over: Partial<DraftContent> = {},
  undoSeconds: 0 | 5 = 0,
) {
  const { draftId, revision } = await draft(engine, subject, over);
  const sent = await engine.call('drafts.send', { draftId, revision, undoSeconds, later: null });
  return sent.outboxId;
}

async function entry(engine: TestEngine, outboxId: OutboxView['id']): Promise<OutboxView> {
  const found = (await engine.call('outbox.list', {})).find(({ id }) => id === outboxId);
  if (!found) throw new Error('not in the outbox');
  return found;
}

const inState = (engine: TestEngine, id: OutboxView['id'], state: OutboxView['state']) =>
  until(`the message is ${state}`, async () => (await entry(engine, id)).state === state, 15_000);
const subjectsOf = async (engine: TestEngine, path: string) =>
  (await engine.messages(path)).map(({ subject }) => subject);

test('SYNC-272 blind copies are in the envelope and in the sent copy, never in what is transmitted', async () => {
  const { user, engine } = await sendingAccount();
  const id = await send(engine, 'Blind', { bcc: [{ name: '', address: 'cid@example.net' }] });
  expect(await subjectsOf(engine, 'Sent')).toEqual(['Blind']);
  await inState(engine, id, 'done');
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]?.to).toEqual(['bea@example.net', 'cid@example.net']);
  expect(smtp.received[0]?.raw.toString()).not.toMatch(/cid@|x-homeport/i);
  const filed = await server.list(user, 'Sent');
  expect(filed).toHaveLength(1);
  expect(filed[0]?.flags).toContain('\\Seen');
  await engine.sync();
  const [shown, ...others] = await engine.messages('Sent');
  expect(others).toEqual([]);
  expect(shown?.bcc).toEqual([{ name: '', address: 'cid@example.net' }]);
  expect(await server.list(user, 'Drafts')).toEqual([]);
  expect(await subjectsOf(engine, 'Drafts')).toEqual([]);
});

test('what the server refuses is said in its words, and nothing blocks the others', async () => {
  const { engine } = await sendingAccount();
  smtp.faults.data = { code: 550, text: '5.7.1 we do not like it' };
  const refused = await send(engine, 'Refused');
  await inState(engine, refused, 'failed');
  expect((await entry(engine, refused)).failure?.serverText).toContain('we do not like it');
  smtp.faults.data = { code: 552, text: '5.3.4 too big' };
  const big = await send(engine, 'Big');
  await inState(engine, big, 'failed');
  smtp.faults.data = null;
  smtp.faults.mail = { code: 421, text: '4.3.2 going down' };
  const busy = await send(engine, 'Busy');
  await until('it waits', async () => {
    const { state, attempts } = await entry(engine, busy);
    return state === 'queued' && attempts === 1;
  });
  smtp.faults.mail = null;
  smtp.faults.rcpt = (address) => (address.startsWith('bea') ? { code: 550, text: '5.1.1 no Bea' } : null);
  const both = await send(engine, 'Both', {
    cc: [{ name: '', address: 'cid@example.net' }],
  });
  await inState(engine, both, 'failed');
  expect(smtp.received).toEqual([]);
  await engine.call('outbox.sendToOthers', { outboxId: both });
  await inState(engine, both, 'partial');
  expect(smtp.received.map(({ to }) => to)).toEqual([['cid@example.net']]);
  smtp.faults.rcpt = () => null;
  await engine.call('outbox.sendNow', { outboxId: busy });
  await inState(engine, busy, 'done');
  expect(smtp.received).toHaveLength(2);
});

test('a link that breaks after the last byte is never sent again by itself, and once on request', async () => {
  const { engine } = await sendingAccount();
  smtp.faults.cut = 'after-data-lost';
  const id = await send(engine, 'Lost');
  await inState(engine, id, 'unknown');
  smtp.faults.cut = null;
  await until('it was looked for', async () => smtp.received.length === 0);
  await engine.sync();
  expect(smtp.received).toEqual([]);
  await engine.call('outbox.retry', { outboxId: id });
  await inState(engine, id, 'done');
  expect(smtp.received).toHaveLength(1);
});

test('APP-130 what is sent offline leaves by itself when the network is back, each exactly once', async () => {
  const { user, engine } = await sendingAccount();
  engine.network.report('offline');
  await until('offline', async () => (await engine.account()).state === 'offline');
  const ids = [await send(engine, 'One'), await send(engine, 'Two'), await send(engine, 'Three')];
  expect((await subjectsOf(engine, 'Sent')).sort()).toEqual(['One', 'Three', 'Two']);
  expect(smtp.received).toEqual([]);
  engine.network.report('online');
  for (const id of ids) await inState(engine, id, 'done');
  expect(smtp.received).toHaveLength(3);
  expect(await server.list(user, 'Sent')).toHaveLength(3);
  expect((await subjectsOf(engine, 'Sent')).sort()).toEqual(['One', 'Three', 'Two']);
});

test('a message is held over a restart, its window runs again, and undo gives the draft back', async () => {
  const { engine } = await sendingAccount();
  const written = await draft(engine, 'Held');
  const { outboxId } = await engine.call('drafts.send', {
    draftId: written.draftId,
    revision: written.revision,
    undoSeconds: 5,
    later: null,
  });
  await engine.stop();
  const again = await startEngine(engine);
  const held = await entry(again, outboxId);
  expect(held.state).toBe('held');
  expect((held.notBefore ?? 0) - Date.now()).toBeGreaterThan(2_000);
  const back = await again.call('outbox.undo', { outboxId });
  expect(back.content).toEqual(written.content);
  expect(await again.call('outbox.list', {})).toEqual([]);
  const sent = await send(again, 'Held and sent', {}, 5);
  await inState(again, sent, 'done');
  expect(smtp.received).toHaveLength(1);
});

test('a draft is saved upstream once the composer is left, replaced by the next save and gone when discarded', async () => {
  const { user, engine } = await sendingAccount();
  const written = await draft(engine, 'Draft one');
  await engine.call('drafts.close', { draftId: written.draftId });
  await until('it is upstream', async () => (await server.list(user, 'Drafts')).length === 1);
  await until(
    'and known to be',
    async () => ((await engine.call('drafts.get', { draftId: written.draftId }))?.saved ?? '') === 'server',
  );
  await engine.sync();
  expect(await subjectsOf(engine, 'Drafts')).toEqual(['Draft one']);
  const view = await engine.call('drafts.get', { draftId: written.draftId });
  await engine.call('drafts.save', {
    draftId: written.draftId,
    baseRevision: view?.revision ?? 0,
    content: { ...written.content, subject: 'Draft two' },
  });
  await engine.call('drafts.close', { draftId: written.draftId });
  await until(
    'the next is upstream',
    async () => ((await engine.call('drafts.get', { draftId: written.draftId }))?.saved ?? '') === 'server',
  );
  expect(await server.list(user, 'Drafts')).toHaveLength(1);
  expect(await subjectsOf(engine, 'Drafts')).toEqual(['Draft two']);
  await engine.call('drafts.discard', { draftId: written.draftId });
  expect(await subjectsOf(engine, 'Drafts')).toEqual([]);
  await until('it is gone upstream', async () => (await server.list(user, 'Drafts')).length === 0, 20_000);
});

test('an account that only receives gets a server for sending; another one takes over what the first left waiting', async () => {
  smtp = await startSmtp({ plain: true });
  const user = await server.addUser();
  const engine = await startEngine();
  const accountId = await engine.addImap(user, server.imapPort);
  await engine.sync();
  const first = await draft(engine, 'First');
  const { problems } = await engine.call('drafts.check', { draftId: first.draftId });
  expect(problems.map(({ kind }) => kind)).toEqual(['no-submission-server']);

  const submission = { host: '127.0.0.1', port: smtp.port, security: 'none' as const, user: null };
  const away = { ...submission, port: await freePort() };
  const refused = await engine.call('accounts.setSubmission', {
    accountId,
    submission: away,
    untested: false,
  });
  expect(refused).toMatchObject({ result: 'refused', probe: { verdict: 'unreachable' } });
  expect((await engine.account()).submission).toBeNull();

  // Stored on the person's word: the message waits for a server that is not there.
  await engine.call('accounts.setSubmission', { accountId, submission: away, untested: true });
  expect((await engine.account()).submission).toEqual(away);
  const { draftId, revision } = first;
  const { outboxId } = await engine.call('drafts.send', { draftId, revision, undoSeconds: 0, later: null });
  const waitsFor = (kind: string) =>
    until(`it waits because of ${kind}`, async () => {
      const { state, failure } = await entry(engine, outboxId);
      return state === 'queued' && failure?.kind === kind;
    });
  await waitsFor('refused');
  expect(smtp.received).toEqual([]);
  await expect(
    engine.call('accounts.setSubmission', { accountId, submission: null, untested: false }),
  ).rejects.toThrow(/1 message waits/);

  // A wait that the new server has nothing to do with is over at once, whatever it was for.
  smtp.faults.auth = { code: 535, text: '5.7.8 not you' };
  await engine.call('accounts.setSubmission', { accountId, submission, untested: true });
  await waitsFor('auth');
  smtp.faults.auth = null;
  expect(
    await engine.call('accounts.setSubmission', { accountId, submission, untested: false }),
  ).toMatchObject({ result: 'stored', probe: { verdict: 'ok' } });
  await until('the first has left', () => smtp.received.length === 1, 15_000);
  expect(smtp.received[0]?.user).toBe(user.name);
  await send(engine, 'Second');
  await until('the second has left', () => smtp.received.length === 2, 15_000);
});

test('SYNC-291 delivery notes are asked for where the server knows them and the user wants them; what comes back joins the message and names who it did not reach', async () => {
  const { user, engine } = await sendingAccount();
  const plain = await send(engine, 'Without notes');
  await inState(engine, plain, 'done');
  expect(smtp.received[0]?.mailArgs).not.toHaveProperty('ENVID');
  expect(smtp.received[0]?.rcptArgs[0]).not.toHaveProperty('NOTIFY');

  const id = await send(engine, 'With notes', {
    to: [
      { name: 'Bea', address: 'bea@example.net' },
      { name: '', address: 'gone@example.net' },
    ],
    options: { readReceipt: false, deliveryReceipt: true, priority: 'normal' },
  });
  await inState(engine, id, 'done');
  const [, taken] = smtp.received;
  if (!taken) throw new Error('not taken');
  const { mailArgs, rcptArgs, raw } = taken;
  expect(mailArgs).toMatchObject({ RET: 'HDRS', ENVID: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(rcptArgs).toEqual([
    { NOTIFY: 'SUCCESS,FAILURE,DELAY', ORCPT: 'rfc822;bea@example.net' },
    { NOTIFY: 'SUCCESS,FAILURE,DELAY', ORCPT: 'rfc822;gone@example.net' },
  ]);

  // As Postfix writes it: without In-Reply-To and References.
  const bounce = (of: unknown, recipients: readonly string[], about: readonly string[]) =>
    [
      'From: MAILER-DAEMON@example.net (Mail Delivery System)',
      `To: ${user.name}@example.org`,
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      `Message-ID: <bounce-${recipients.length}-${about.length}@example.net>`,
      'Date: Sat, 28 Nov 2026 12:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b\r\nContent-Type: text/plain\r\n\r\nI could not deliver your message.',
      '--b\r\nContent-Type: message/delivery-status\r\n',
      ['Reporting-MTA: dns; mx.example.net', ...about].join('\r\n'),
      ...recipients,
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\n${String(of).split('\r\n\r\n')[0] ?? ''}`,
      '--b--',
      '',
    ].join('\r\n');
  const failed = [
    '',
    'Original-Recipient: rfc822;gone@example.net',
    'Final-Recipient: rfc822;gone@mx.example.net',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user here',
  ].join('\r\n');
  const forged = ['', 'Final-Recipient: rfc822;nobody@example.net', 'Action: failed', 'Status: 5.0.0'].join(
    '\r\n',
  );
  await server.append(
    user,
    bounce(raw, [failed, forged], [`Original-Envelope-Id: ${String(mailArgs.ENVID)}`]),
  );
  await engine.sync();
  await inState(engine, id, 'partial');
  const { recipients } = await entry(engine, id);
  expect(recipients).toMatchObject([
    { address: 'bea@example.net', state: 'accepted', failure: null },
    {
      address: 'gone@example.net',
      state: 'refused',
      failure: { kind: 'rejected', serverText: expect.stringContaining('No such user here') },
    },
  ]);
  const [sent] = (await engine.messages('Sent')).filter(({ subject }) => subject === 'With notes');
  const [note] = (await engine.messages('INBOX')).filter(({ subject }) => /^Undelivered/.test(subject));
  expect(note?.threadId).toBe(sent?.threadId);
  // The rest of its life is the user's: it stays sent.
  await engine.call('outbox.discard', { outboxId: id });
  await engine.sync();
  expect(await subjectsOf(engine, 'Sent')).toContain('With notes');

  // Named by its Message-ID alone, from a server that knows no notes; the address had forwarded it.
  const moved = ['', 'Final-Recipient: rfc822;bea@elsewhere.example', 'Action: failed', 'Status: 4.4.7'].join(
    '\r\n',
  );
  await server.append(user, bounce(smtp.received[0]?.raw, [moved], []));
  await engine.sync();
  await inState(engine, plain, 'partial');
  expect((await entry(engine, plain)).recipients).toMatchObject([
    { address: 'bea@example.net', state: 'refused', failure: { serverText: '4.4.7' } },
  ]);
});

/** What a mailbox has, as bytes. */
async function sourcesIn(user: TestUser, mailbox: string): Promise<string[]> {
  const client = await server.session(user);
  try {
    const { exists } = await client.mailboxOpen(mailbox, { readOnly: true });
    const all = exists === 0 ? [] : await client.fetchAll('1:*', { source: true });
    return all.map(({ source }) => String(source));
  } finally {
    await client.logout();
  }
}

test('SYNC-304 a draft of another program opens whole, and what we do not edit of it stays as it was; one that another device changed is kept in both versions, one that it sent is asked about', async () => {
  const { user, engine } = await sendingAccount();
  const plan = Buffer.alloc(900_000, 'plan of the berths ').toString('base64').replace(/.{76}/g, '$&\r\n');
  const begun = (subject: string, type: string, parts: readonly string[]) =>
    [
      `From: ${user.name}@example.org`,
      'To: Bea <bea@example.net>',
      `Subject: ${subject}`,
      `Message-ID: <${subject.replaceAll(' ', '-')}@other.example>`,
      'In-Reply-To: <before@example.net>',
      'MIME-Version: 1.0',
      `Content-Type: ${type}; boundary="b"`,
      '',
      ...parts.map((part) => `--b\r\n${part}`),
      '--b--',
      '',
    ].join('\r\n');
  const text = 'Content-Type: text/plain\r\n\r\nHello Bea';
  const html = 'Content-Type: text/html\r\n\r\n<p>Hello <b>Bea</b> <img src="cid:dot@x" alt="dot"></p>';
  const dot =
    'Content-Type: image/png\r\nContent-ID: <dot@x>\r\nContent-Disposition: inline; filename=dot.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=';
  const file = `Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${plan}`;
  const simple = begun('Simple', 'multipart/mixed', [
    `Content-Type: multipart/related; boundary="r"\r\n\r\n--r\r\n${html}\r\n--r\r\n${dot}\r\n--r--\r\n`,
    file,
  ]);
  const invitation = 'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR';
  const special = begun('Special', 'multipart/alternative', [text, html, invitation]);
  for (const source of [simple, special])
    await server.append(user, source, { mailbox: 'Drafts', flags: ['\\Draft'] });
  await engine.sync();

  const listed = await engine.messages('Drafts');
  const open = async (subject: string) => {
    const message = listed.find((one) => one.subject === subject);
    if (!message) throw new Error(`no ${subject}`);
    return engine.call('drafts.openMessage', { messageId: message.id });
  };
  const first = await open('Simple');
  expect(first.content).toMatchObject({ to: [{ name: 'Bea', address: 'bea@example.net' }], format: 'html' });
  expect(first.content.body).toMatch(/Hello <b>Bea<\/b> <img src="cid:dot@x"/);
  expect(first.attachments.map(({ filename, size, state }) => [filename, size, state])).toEqual([
    ['dot.png', 8, 'here'],
    ['plan.pdf', 900_000, 'here'],
  ]);
  const other = await open('Special');
  expect(other.attachments.map(({ filename }) => filename)).toContain('Special.eml');

  const saveOn = async ({ id, revision, content }: typeof first, subject: string) => {
    await engine.call('drafts.save', {
      draftId: id,
      baseRevision: revision,
      content: { ...content, subject },
    });
    await engine.call('drafts.close', { draftId: id });
    await until(
      `${subject} is upstream`,
      async () => (await engine.call('drafts.get', { draftId: id }))?.saved === 'server',
    );
  };
  await saveOn(first, 'Simple on');
  await saveOn(other, 'Special on');
  const upstream = await sourcesIn(user, 'Drafts');
  expect(upstream).toHaveLength(2);
  const [simpleNow = '', specialNow = ''] = ['Simple on', 'Special on'].map((subject) =>
    upstream.find((source) => source.includes(`Subject: ${subject}\r\n`)),
  );
  expect(simpleNow).toMatch(/^In-Reply-To: <before@example\.net>\r$/m);
  expect(simpleNow.replace(/\r\n/g, '')).toContain(plan.replace(/\r\n/g, ''));
  expect(simpleNow).toContain('iVBORw0KGgo=');
  expect(specialNow).toContain(special);

  // Another device takes its place upstream: theirs is the server's, ours is kept beside it and says so.
  const client = await server.session(user);
  await client.mailboxOpen('Drafts');
  const [uid] = (await client.search({ subject: 'Simple on' }, { uid: true })) || [];
  await client.messageDelete(String(uid), { uid: true });
  await client.logout();
  await server.append(user, begun('Simple, theirs', 'multipart/mixed', [text]), {
    mailbox: 'Drafts',
    flags: ['\\Draft'],
  });
  const ours = await engine.call('drafts.get', { draftId: first.id });
  if (!ours) throw new Error('ours is gone');
  await engine.call('drafts.save', {
    draftId: first.id,
    baseRevision: ours.revision,
    content: { ...ours.content, subject: 'Simple, ours' },
  });
  await engine.sync();
  await until(
    'both are upstream',
    async () => {
      const subjects = (await sourcesIn(user, 'Drafts')).map((one) => /^Subject: (.*)\r$/m.exec(one)?.[1]);
      return ['Simple, ours', 'Simple, theirs', 'Special on'].every((one) => subjects.includes(one));
    },
    20_000,
  );
  expect((await engine.call('drafts.get', { draftId: first.id }))?.editedElsewhere).toBe(true);

  // And one that it has sent is not sent again without a word.
  await server.append(user, specialNow, { mailbox: 'Sent', flags: ['\\Seen'] });
  await engine.sync();
  const { problems } = await engine.call('drafts.check', { draftId: other.id });
  expect(problems).toContainEqual({ kind: 'draft-sent-elsewhere', severity: 'warn', about: [] });
});
