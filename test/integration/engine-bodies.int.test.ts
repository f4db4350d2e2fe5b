/** The second pass of a sync: texts, newest first, in small groups (SYNC-058). */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { startEngine, stopEngines, until } from './engine-support';
import { mail } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterEach(stopEngines);
afterAll(() => server.stop());

/** UIDs behind 120 small ones: 700 KB each, so three fill a group; the last has an attachment of 6 MB. */
const MIDDLE = [121, 122, 123, 124];
const LARGE = 125;

function withAttachment(bytes: number): string {
  return [
    'From: ann@example.org',
    'Subject: About the plan',
    'Message-ID: <plan@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=cut',
    '',
    '--cut',
    'Content-Type: text/plain',
    '',
    'The plan is attached.',
    '--cut',
    'Content-Type: application/octet-stream; name=plan.bin',
    'Content-Disposition: attachment; filename=plan.bin',
    'Content-Transfer-Encoding: base64',
    '',
    ...Array<string>(Math.ceil(bytes / 57)).fill('QUJD'.repeat(19)),
    '--cut--',
    '',
  ].join('\r\n');
}

/** Of commands that fetch content: the UIDs, and whether the whole message is asked for. */
function readFetch(line: string): { uids: number[]; whole: boolean } | null {
  const match = /^\w+ UID FETCH (\S+) \((?=.*BODY\.PEEK\[(?!HEADER\.FIELDS \(FROM))/.exec(line);
  if (!match?.[1]) return null;
  const uids = match[1].split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  return { uids, whole: /BODY\.PEEK\[\]\)/.test(line) };
}

test('SYNC-058 after the headers come texts, newest first, at most 50 or 2 MB a FETCH; attachments by policy, progress by mailbox', async () => {
  const user = await server.addUser();
  const sizes = new Map<number, number>();
  const raw = (uid: number): string => {
    if (uid === LARGE) return withAttachment(6_000_000);
    const body = MIDDLE.includes(uid)
      ? 'A line of seventy octets and some more to fill it up to that.\r\n'.repeat(11_000)
      : 'Short.';
    return mail(`m${uid}`, { body });
  };
  server.fill(
    user,
    'INBOX',
    Array.from({ length: LARGE }, (_, at) => {
      const source = Buffer.from(raw(at + 1));
      sizes.set(at + 1, source.length);
      return { raw: source, flags: [], date: Date.UTC(2026, 9, 1) + at * 60_000 };
    }),
  );
  server.fill(user, 'Archive', [
    { raw: Buffer.from(withAttachment(100_000)), flags: [], date: Date.UTC(2026, 8, 1) },
  ]);
  const proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.call('sync.setMetered', { metered: true });
  await engine.addImap(user, proxy.port);
  await engine.sync();
  // Only headers are loaded unasked on such a link; the policy of one mailbox says to leave its attachments.
  expect((await engine.mailbox('INBOX')).bodies).toBe(0);
  await engine.call('mailboxes.setPolicy', {
    mailboxId: (await engine.mailbox('Archive')).id,
    policy: 'text',
    ageLimitDays: null,
  });
  const mark = proxy.lines.length;
  await engine.call('sync.setMetered', { metered: false });
  await engine.sync();
  await until('all texts are here', async () => {
    const [inbox, archive] = [await engine.mailbox('INBOX'), await engine.mailbox('Archive')];
    return inbox.bodies === LARGE && archive.bodies === 1;
  });

  const said = proxy.lines.filter(({ from }) => from === 'client').map(({ line }) => line);
  const firstText = said.findIndex((line) => readFetch(line));
  const lastHeader = said.findLastIndex((line) =>
    line.includes('BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (FROM'),
  );
  expect(firstText).toBeGreaterThan(lastHeader);
  const fetches = proxy.lines
    .slice(mark)
    .flatMap(({ from, line }) => (from === 'client' ? (readFetch(line) ?? []) : []));
  const whole = fetches.filter((fetch) => fetch.whole && !fetch.uids.includes(LARGE));
  for (const { uids } of whole) {
    expect(uids.length).toBeLessThanOrEqual(50);
    expect(uids.reduce((sum, uid) => sum + (sizes.get(uid) ?? 0), 0)).toBeLessThanOrEqual(2_100_000);
  }
  // Newest first from group to group, and as full as they may be.
  expect(whole.map(({ uids }) => Math.max(...uids))).toEqual([124, 122, 72, 22]);
  // The large one gives its text alone; where the policy says so a small one does too.
  expect(fetches[0]).toMatchObject({ uids: [LARGE], whole: false });
  const attachment = async (subject: string, path: string) => {
    const { id } = await engine.message(subject, path);
    const body = await engine.call('messages.body', { messageId: id, charset: null });
    expect(body?.segments.map(({ text }) => text).join('')).toContain('The plan is attached.');
    return body?.attachments.map(({ filename, state }) => [filename, state]);
  };
  expect(await attachment('About the plan', 'INBOX')).toEqual([['plan.bin', 'not-downloaded']]);
  expect(await attachment('About the plan', 'Archive')).toEqual([['plan.bin', 'not-downloaded']]);
  expect(fetches.flatMap(({ uids, whole: all }) => (all ? uids : [])).includes(LARGE)).toBe(false);

  await until('the index has everything', async () => (await engine.mailbox('INBOX')).indexed === LARGE);
  expect(await engine.mailbox('INBOX')).toMatchObject({
    serverTotal: LARGE,
    stored: LARGE,
    bodies: LARGE,
    indexed: LARGE,
    verifiedAt: null,
    complete: true,
  });
  await engine.stop();
  // Progress is what the store says: it is there before anything is asked again.
  const again = await startEngine(engine);
  expect(await again.mailbox('Archive')).toMatchObject({ stored: 1, bodies: 1, indexed: 1 });
  await proxy.close();
});
