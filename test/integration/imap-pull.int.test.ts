import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UidRange } from '../../src/shared/observation';
import { countRanges, rangesFromUids, subtractRanges, unionRanges } from '../../src/shared/uid-ranges';
import type { BodyResult } from '../../src/sync/connectors/contract';
import { factsOf, readable, unpack } from '../fakes/unpack';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { connectTo, mail, mails, must, never, plainAccount, pullAll, pullFirst } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy;
beforeAll(async () => {
  server = await startDovecot();
  proxy = await startFlakyProxy(server.imapPort);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

test('windows go down from the newest over sparse UIDs, without empty round trips', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(1500));
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageDelete('101:1300', { uid: true });
  await other.logout();

  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  must(await connector.connect('bulk', never));
  const before = proxy.lines.length;
  const batches = await pullAll(connector, { plan: { kind: 'initial' } });
  await connector.close();
  expect(batches.map((batch) => batch.added.length)).toEqual([100, 200]);
  expect(batches[0]?.added[0]?.uid).toBe(1500);
  expect(batches[1]?.added.at(-1)?.uid).toBe(1);
  const fetches = proxy.lines.slice(before).filter(({ line }) => /^\w+ UID FETCH/.test(line));
  expect(fetches).toHaveLength(2);
});

test('SYNC-055 the checkpoint of every window is the one of the start, and only the last says complete', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(350));
  const connector = connectTo(plainAccount(server, user));
  const stream = connector.pull(
    { remoteKey: 'INBOX', plan: { kind: 'initial' }, checkpoint: null, knownUids: [], firstWindow: 100 },
    never,
  );
  const first = await stream.next();
  if (first.done || !first.value.ok) throw new Error('no first batch');
  const baseline = first.value.value.checkpoint;
  await server.append(user, mail('later'));
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageFlagsAdd('5', ['\\Flagged'], { uid: true });
  await other.logout();
  const rest = [];
  for await (const batch of stream) rest.push(must(batch));
  const last = rest.at(-1);
  expect(last?.checkpoint).toMatchObject({
    uidNext: 351,
    highestModseq: baseline.highestModseq,
    backfillComplete: true,
    doneRanges: [[1, 350]],
  });
  expect(baseline.backfillComplete).toBe(false);
  // What happened meanwhile is found from that baseline.
  const [changes] = await pullAll(connector, {
    plan: { kind: 'qresync' },
    checkpoint: last?.checkpoint ?? null,
    knownUids: [[1, 350]],
  });
  expect(changes?.flags.map(({ uid }) => uid)).toContain(5);
  await connector.close();
});

test('a mailbox the listing calls empty is not opened, and what comes into it afterwards is found', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  const listed = must(await connector.listMailboxes(never));
  const status = listed.mailboxes.find(({ remoteKey }) => remoteKey === 'Archive')?.status;
  expect(status).toMatchObject({ messages: 0, highestModseq: expect.stringMatching(/^\d+$/) });
  await server.append(user, mail('meanwhile'), { mailbox: 'Archive' });

  const before = proxy.lines.length;
  const archive = { remoteKey: 'Archive', status: status ?? null };
  const [batch, ...more] = await pullAll(connector, { ...archive, plan: { kind: 'initial' } });
  expect(more).toEqual([]);
  expect(batch).toMatchObject({ added: [], checkpoint: { uidNext: 1, backfillComplete: true } });
  expect(proxy.lines.slice(before)).toEqual([]);
  const changes = await pullAll(connector, {
    ...archive,
    plan: { kind: 'qresync' },
    checkpoint: batch?.checkpoint ?? null,
  });
  expect(changes.flatMap(({ added }) => added.map(({ uid }) => uid))).toEqual([1]);

  // Without modification sequences there would be nothing to find changes by.
  const unsure = { ...archive, status: status ? { ...status, highestModseq: null } : null };
  const opened = await pullAll(connector, { ...unsure, plan: { kind: 'initial' } });
  expect(opened.flatMap(({ added }) => added.map(({ uid }) => uid))).toEqual([1]);
  await connector.close();
});

test('a large window comes in pieces, and the checkpoint of each covers exactly what came', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(2400));
  const connector = connectTo(plainAccount(server, user));
  const batches = await pullAll(connector, { plan: { kind: 'initial' } });
  expect(batches.filter(({ more }) => more).length).toBeGreaterThan(0);
  let came: readonly UidRange[] = [];
  for (const { added, checkpoint } of batches) {
    if (checkpoint.protocol !== 'imap') throw new Error('another protocol');
    expect(added.length).toBeGreaterThan(0);
    came = unionRanges(came, rangesFromUids(added.map(({ uid }) => uid)));
    expect(checkpoint.doneRanges).toEqual(came);
  }
  expect(came).toEqual([[1, 2400]]);
  expect(batches.map(({ checkpoint }) => checkpoint.backfillComplete).indexOf(true)).toBe(batches.length - 1);

  // Whoever was killed in the middle asks for the rest only.
  const { checkpoint } = batches.findLast(({ more }) => more) ?? {};
  if (checkpoint?.protocol !== 'imap') throw new Error('no checkpoint');
  const rest = await pullAll(connector, { plan: { kind: 'backfill' }, checkpoint });
  const uids = rangesFromUids(rest.flatMap(({ added }) => added.map(({ uid }) => uid)));
  expect(uids).toEqual(subtractRanges([[1, 2400]], checkpoint.doneRanges));
  expect(rest.at(-1)?.checkpoint).toMatchObject({ doneRanges: [[1, 2400]], backfillComplete: true });
  await connector.close();
});

test('a first download resumes at the checkpoint without asking for what is stored', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(450));
  const killed = connectTo(plainAccount(server, user));
  const stream = killed.pull(
    { remoteKey: 'INBOX', plan: { kind: 'initial' }, checkpoint: null, knownUids: [], firstWindow: 100 },
    never,
  );
  const first = await stream.next();
  await killed.close();
  if (first.done || !first.value.ok) throw new Error('no first batch');
  const { checkpoint } = first.value.value;
  expect(checkpoint.doneRanges).toEqual([[351, 450]]);

  const connector = connectTo(plainAccount(server, user));
  const batches = await pullAll(connector, {
    plan: { kind: 'backfill' },
    checkpoint,
    knownUids: [[351, 450]],
  });
  const uids = batches.flatMap((batch) => batch.added.map(({ uid }) => uid));
  expect(uids).toHaveLength(350);
  expect(Math.max(...uids)).toBe(350);
  expect(batches.at(-1)?.checkpoint).toMatchObject({ doneRanges: [[1, 450]], backfillComplete: true });
  await connector.close();
});

test('SYNC-072 QRESYNC brings flags, expunges and new mail in one SELECT and one FETCH', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(50));
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  const { last, knownUids } = await pullFirst(connector);
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageFlagsAdd('7', ['\\Flagged', 'holiday'], { uid: true });
  await other.messageDelete('10:12', { uid: true });
  await other.logout();
  await server.append(user, mail('new'));

  const before = proxy.lines.length;
  const batches = await pullAll(connector, {
    plan: { kind: 'qresync' },
    checkpoint: last.checkpoint,
    knownUids,
  });
  const flags = batches.flatMap((batch) => batch.flags);
  expect(flags).toMatchObject([{ uid: 7, keywords: ['$flagged', 'holiday', '$seen'].toSorted() }]);
  expect(batches[0]?.vanished).toEqual([[10, 12]]);
  expect(batches.flatMap((batch) => batch.added.map(({ uid }) => uid))).toEqual([51]);
  expect(batches.at(-1)?.checkpoint).toMatchObject({ uidNext: 52, doneRanges: [[1, 51]] });
  expect(BigInt(batches.at(-1)?.checkpoint.highestModseq ?? 0)).toBeGreaterThan(
    BigInt(last.checkpoint.highestModseq ?? 0),
  );
  const commands = proxy.lines.slice(before).filter(({ from }) => from === 'client');
  expect(commands.map(({ line }) => line.replace(/^\w+ /, '').slice(0, 9))).toEqual([
    'EXAMINE "',
    'UID SEARC',
    'UID FETCH',
  ]);
  expect(commands[0]?.line).toMatch(/\(QRESYNC \(\d+ \d+ 1:50\)\)/);
  // A long list of known UIDs is left out.
  const holes = Array.from({ length: 2000 }, (_, at): UidRange => [at * 2 + 1, at * 2 + 1]);
  await pullAll(connector, { plan: { kind: 'qresync' }, checkpoint: last.checkpoint, knownUids: holes });
  const examined = proxy.lines.findLast(({ line }) => line.includes('EXAMINE'));
  expect(examined?.line).toMatch(/\(QRESYNC \(\d+ \d+\)\)/);
  await connector.close();
});

test('SYNC-076 without QRESYNC changed flags come by CHANGEDSINCE over the whole range, expunges by comparison', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(40));
  const connector = connectTo(
    plainAccount(server, user, { port: proxy.port, disabledCapabilities: ['QRESYNC'] }),
  );
  expect(must(await connector.connect('bulk', never))).toMatchObject({ qresync: false, condstore: true });
  const { last, knownUids } = await pullFirst(connector);
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageFlagsAdd('3', ['\\Answered'], { uid: true });
  await other.messageDelete('20', { uid: true });
  await other.logout();
  await server.append(user, mail('fresh'));
  const before = proxy.lines.length;
  const batches = await pullAll(connector, {
    plan: { kind: 'condstore', compareUids: false },
    checkpoint: last.checkpoint,
    knownUids,
  });
  const [batch] = batches;
  expect(batches.flatMap(({ added }) => added.map(({ uid }) => uid))).toEqual([41]);
  expect(batch?.flags.map(({ uid }) => uid)).toEqual([3]);
  expect(batch?.listing).toEqual([
    [1, 19],
    [21, 41],
  ]);
  const sent = proxy.lines.slice(before).filter(({ from }) => from === 'client');
  expect(sent.some(({ line }) => line.includes('UID FETCH 1:4294967295 (UID FLAGS) (CHANGEDSINCE'))).toBe(
    true,
  );
  await connector.close();
});

test('a plain server without CONDSTORE is compared by flags and UIDs', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(60));
  const disabledCapabilities = [
    'CONDSTORE',
    'QRESYNC',
    'ESEARCH',
    'MOVE',
    'LIST-STATUS',
    'LIST-EXTENDED',
    'SPECIAL-USE',
  ];
  const connector = connectTo(plainAccount(server, user, { disabledCapabilities }));
  const listing = must(await connector.listMailboxes(never));
  expect(listing.mailboxes.find(({ role }) => role === 'sent')?.remoteKey).toBe('Sent');
  expect(listing.mailboxes.find(({ role }) => role === 'inbox')?.status?.messages).toBe(60);
  const { last, knownUids } = await pullFirst(connector);
  const plain = { ...last.checkpoint, highestModseq: null };
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageFlagsAdd('9', ['\\Flagged'], { uid: true });
  await other.messageDelete('30:31', { uid: true });
  await other.logout();
  await server.append(user, mail('new'));
  const batches = await pullAll(connector, {
    plan: { kind: 'window-scan', full: false },
    checkpoint: plain,
    knownUids,
  });
  expect(batches[0]?.flags.find(({ uid }) => uid === 9)?.keywords).toContain('$flagged');
  expect(countRanges(batches[0]?.listing ?? [])).toBe(59);
  expect(batches.flatMap((batch) => batch.added.map(({ uid }) => uid))).toEqual([61]);
  await connector.close();
});

test('a changed UIDVALIDITY ends an incremental pull and a revalidation lists everything', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(30));
  const connector = connectTo(plainAccount(server, user));
  const before = await pullFirst(connector);
  await connector.close();
  server.changeUidValidity(user, 'INBOX');

  const again = connectTo(plainAccount(server, user));
  const stream = again.pull(
    {
      remoteKey: 'INBOX',
      plan: { kind: 'qresync' },
      checkpoint: before.last.checkpoint,
      knownUids: before.knownUids,
      firstWindow: 100,
    },
    never,
  );
  const first = await stream.next();
  expect(first.value).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
  const batches = await pullAll(again, { plan: { kind: 'revalidate' } });
  const identities = batches.flatMap((batch) => batch.added.map(({ identity }) => identity)).toSorted();
  expect(identities).toEqual(before.messages.map(({ identity }) => identity).toSorted());
  expect(countRanges(batches.at(-1)?.listing ?? [])).toBe(30);
  await again.close();
});

test('mailbox names outside ASCII are shown decoded and used as they came', async () => {
  const user = await server.addUser();
  const other = await server.session(user);
  for (const name of ['Reisebüro & Söhne', '日本/仕事', 'Entwürfe alt']) await other.mailboxCreate(name);
  await other.logout();
  await server.append(user, mail('in-japan'), { mailbox: '日本/仕事' });
  const connector = connectTo(plainAccount(server, user));
  const { mailboxes } = must(await connector.listMailboxes(never));
  const found = mailboxes.find(({ path }) => path === '日本/仕事');
  expect(found).toMatchObject({ remoteKey: '&ZeVnLA-/&TtVOiw-', status: { messages: 1 } });
  expect(mailboxes.map(({ path }) => path)).toContain('Reisebüro & Söhne');
  const { messages } = await pullFirst(connector, found?.remoteKey);
  expect(messages.map((message) => factsOf(message).headers.messageId)).toEqual(['in-japan@example.org']);
  await connector.close();
});

test('one LIST brings mailboxes, roles, subscription and counts', async () => {
  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  must(await connector.connect('bulk', never));
  const before = proxy.lines.length;
  const { mailboxes, complete } = must(await connector.listMailboxes(never));
  expect(complete).toBe(true);
  expect(proxy.lines.slice(before).filter(({ from }) => from === 'client')).toHaveLength(1);
  const roles = Object.fromEntries(mailboxes.map(({ remoteKey, role }) => [remoteKey, role]));
  expect(roles).toMatchObject({
    INBOX: 'inbox',
    Archive: 'archive',
    Drafts: 'drafts',
    Sent: 'sent',
    Trash: 'trash',
    Junk: 'junk',
  });
  expect(mailboxes.every(({ status }) => status !== null)).toBe(true);
  await connector.close();
});

test('bodies come byte for byte, large ones only by their text, missing ones as null', async () => {
  const user = await server.addUser();
  const small = mail('small', { body: 'Grüße' });
  const large = [
    'From: a@example.org',
    'Subject: large',
    'Message-ID: <large@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Sch=C3=B6n',
    '--x',
    'Content-Type: application/pdf; name="plan.pdf"',
    'Content-Disposition: attachment; filename="plan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    ...Array.from({ length: 40_000 }, () => Buffer.alloc(57, 7).toString('base64')),
    '--x--',
    '',
  ].join('\r\n');
  const uids = [await server.append(user, small), await server.append(user, large)];
  const connector = connectTo(plainAccount(server, user));
  const { last, messages } = await pullFirst(connector);
  const request = {
    remoteKey: 'INBOX',
    uidValidity: last.uidValidity,
    wholeBelowBytes: 1_000_000,
    messages: [...uids, 99].map((uid) => ({
      uid,
      size: uid === uids[1] ? large.length : 500,
      textSections: null,
    })),
  };
  const bodies: BodyResult[] = [];
  for await (const body of connector.fetchBodies('bulk', request, never)) bodies.push(must(body));
  const bodyOf = (uid: number | undefined) => readable(bodies.find((body) => body.uid === uid)?.body);
  expect(unpack(bodyOf(uids[0]).source).toString()).toBe(small);
  const partly = bodyOf(uids[1]);
  expect(partly.source).toBeNull();
  expect(unpack(partly.text).toString()).toContain('Schön');
  expect(partly.attachments).toMatchObject([{ section: '2', filename: 'plan.pdf', content: null }]);
  expect(bodies.find(({ uid }) => uid === 99)?.body).toBeNull();

  const target = {
    uidValidity: last.uidValidity,
    uid: uids[1] ?? 0,
    identity: messages[1]?.identity ?? null,
  };
  const part = unpack(must(await connector.fetchPart('INBOX', target, '2', never)));
  expect(part).toHaveLength(40_000 * 57);
  expect(part.every((byte) => byte === 7)).toBe(true);
  const source = must(await connector.fetchSource('INBOX', target, never));
  expect(unpack(source).equals(Buffer.from(large))).toBe(true);
  expect((await server.list(user, 'INBOX')).every(({ flags }) => !flags.includes('\\Seen'))).toBe(true);
  await connector.close();
});

test('a server restart in the middle ends the pull as offline, and the next call connects again', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(400));
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  const stream = connector.pull(
    { remoteKey: 'INBOX', plan: { kind: 'initial' }, checkpoint: null, knownUids: [], firstWindow: 50 },
    never,
  );
  await stream.next();
  await server.halt();
  proxy.cut();
  const outcomes = [];
  for await (const outcome of stream) outcomes.push(outcome);
  expect(outcomes.at(-1)).toMatchObject({ ok: false, failure: { kind: 'offline' } });
  const down = await connector.listMailboxes(never);
  expect(down).toMatchObject({ ok: false, failure: { kind: 'offline' } });
  await server.start();
  expect(must(await connector.listMailboxes(never)).mailboxes.length).toBeGreaterThan(4);
  await connector.close();
});
