/** Which UIDs a mailbox has: three ways to ask for the same answer, and what it costs us. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Checkpoint, UidRange } from '../../src/shared/observation';
import {
  countRanges,
  formatRanges,
  rangesContain,
  rangesFromUids,
  subtractRanges,
  unionRanges,
} from '../../src/shared/uid-ranges';
import { planFlagScan } from '../../src/sync/connectors/imap/fetch-flags';
import { openTestEngine } from '../fakes/open-test-engine';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { OPENED, start } from './imap-scripted-support';
import { connectTo, mail, mails, must, never, plainAccount, pullAll } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());

test('SYNC-085 every UID of a real server by ESEARCH, by SEARCH in slices and by flags in slices: the same set', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(30));
  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.logout();
  server.skipUids(user, 'INBOX', 120_001);
  server.fill(user, 'INBOX', mails(20, 1_000));
  const again = await server.session(user);
  await again.mailboxOpen('INBOX');
  await again.messageDelete('11:13,120005', { uid: true });
  await again.logout();
  const expected = [
    [1, 10],
    [14, 30],
    [120_001, 120_004],
    [120_006, 120_020],
  ];

  const proxy = await startFlakyProxy(server.imapPort);
  const ask = async (disabledCapabilities: string[]) => {
    const connector = connectTo(plainAccount(server, user, { port: proxy.port, disabledCapabilities }));
    must(await connector.connect('bulk', never));
    const before = proxy.lines.length;
    const listing = must((await connector.listUids?.('INBOX', never)) ?? { ok: true, value: null });
    await connector.close();
    const said = proxy.lines
      .slice(before)
      .filter(({ from, line }) => from === 'client' && /UID (SEARCH|FETCH)/.test(line))
      .map(({ line }) => line.replace(/^\w+ /, ''));
    return { uids: listing?.uids, said };
  };
  expect(await ask([])).toEqual({ uids: expected, said: ['UID SEARCH RETURN (ALL) ALL'] });
  const slices = ['1:50000', '50001:100000', '100001:120020'];
  expect(await ask(['ESEARCH'])).toEqual({
    uids: expected,
    said: slices.map((slice) => `UID SEARCH UID ${slice}`),
  });
  proxy.answer = (command) => {
    const tag = /^(\S+) UID SEARCH/.exec(command)?.[1];
    return tag === undefined ? null : `${tag} BAD Unknown command.\r\n`;
  };
  const byFlags = await ask(['ESEARCH']);
  expect(byFlags.uids).toEqual(expected);
  expect(byFlags.said).toEqual([
    'UID SEARCH UID 1:50000',
    ...slices.map((slice) => `UID FETCH ${slice} (FLAGS)`),
  ]);
  await proxy.close();
});

test('SYNC-078 a plain server: new mail from UIDNEXT, flags of the newest 2,000 every time, the rest in turn', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(13_000));
  const disabledCapabilities = ['CONDSTORE', 'QRESYNC', 'ESEARCH'];
  const proxy = await startFlakyProxy(server.imapPort);
  const connector = connectTo(plainAccount(server, user, { port: proxy.port, disabledCapabilities }));
  must(await connector.connect('bulk', never));
  const { mailboxes } = must(await connector.listMailboxes(never));
  let knownUids: UidRange[] = [[1, 13_000]];
  let checkpoint: Checkpoint = {
    protocol: 'imap',
    uidValidity: mailboxes.find(({ role }) => role === 'inbox')?.status?.uidValidity ?? '',
    uidNext: 13_001,
    highestModseq: null,
    doneRanges: [[1, 13_000]],
    backfillComplete: true,
    flagScanUid: 0,
  };
  /** One cycle: what it asked, and whose flags are not what they were at the beginning. */
  const cycle = async () => {
    const before = proxy.lines.length;
    const batches = await pullAll(connector, {
      plan: { kind: 'window-scan', full: false },
      checkpoint,
      knownUids,
    });
    checkpoint = batches.at(-1)?.checkpoint ?? checkpoint;
    const added = batches.flatMap((batch) => batch.added.map(({ uid }) => uid));
    knownUids = unionRanges(knownUids, rangesFromUids(added));
    const asked = proxy.lines
      .slice(before)
      .filter(({ from, line }) => from === 'client' && / UID FETCH /.test(line))
      .map(({ line }) => line.replace(/^\w+ UID FETCH /, ''));
    const flagged = batches.flatMap(({ flags }) =>
      flags.filter(({ keywords }) => keywords.includes('$flagged')).map(({ uid }) => uid),
    );
    return { scans: asked.filter((command) => / \(FLAGS\)$/.test(command)), added, flagged };
  };

  const other = await server.session(user);
  await other.mailboxOpen('INBOX');
  await other.messageFlagsAdd('5,10500,12999', ['\\Flagged'], { uid: true });
  await server.append(user, mail('new'));
  // The newest are seen at once, the others when it is their turn; then it begins again.
  expect(await cycle()).toEqual({
    scans: ['1:10000 (FLAGS)', '11001:13000 (FLAGS)'],
    added: [13_001],
    flagged: [5, 12_999],
  });
  expect(await cycle()).toEqual({
    scans: ['10001:11001 (FLAGS)', '11002:13001 (FLAGS)'],
    added: [],
    flagged: [10_500, 12_999],
  });
  await other.messageFlagsRemove('5', ['\\Flagged'], { uid: true });
  expect(await cycle()).toEqual({
    scans: ['1:10000 (FLAGS)', '11002:13001 (FLAGS)'],
    added: [],
    flagged: [12_999],
  });
  // Holes do not make the command longer.
  await other.messageDelete(Array.from({ length: 300 }, (_, at) => at * 20 + 11).join(','), { uid: true });
  await cycle();
  knownUids = subtractRanges(knownUids, rangesFromUids(Array.from({ length: 300 }, (_, at) => at * 20 + 11)));
  expect((await cycle()).scans).toEqual(['1:10300 (FLAGS)', '11002:13001 (FLAGS)']);
  await other.logout();
  await connector.close();
  await proxy.close();
});

test('SYNC-078 with a look a minute everything of a million messages is compared within a day', async () => {
  const engine = await openTestEngine((connector) => ({
    ...connector,
    connect: async (role, signal) => {
      const connected = await connector.connect(role, signal);
      return connected.ok
        ? { ok: true, value: { ...connected.value, condstore: false, qresync: false, idle: false } }
        : connected;
    },
    listMailboxes: async (signal) => {
      const listed = await connector.listMailboxes(signal);
      if (!listed.ok) return listed;
      const mailboxes = listed.value.mailboxes.map((box) => ({
        ...box,
        status: box.status && { ...box.status, highestModseq: null },
      }));
      return { ok: true, value: { ...listed.value, mailboxes } };
    },
    pull: (request, signal) => {
      if (request.plan.kind === 'window-scan' && request.remoteKey === 'Archive') scans += 1;
      return connector.pull(request, signal);
    },
  }));
  let scans = 0;
  engine.deliver('one', 'Archive');
  await engine.pass(120_000);
  scans = 0;
  for (let minute = 0; minute < 60; minute++) await engine.pass(60_000);
  await engine.close();
  expect(scans).toBeGreaterThanOrEqual(58);

  const known: UidRange[] = [[1, 1_000_000]];
  let seen: UidRange[] = [];
  let looks = 0;
  for (let uid = 0; looks === 0 || uid !== 0; looks++) {
    const scan = planFlagScan(known, uid);
    seen = unionRanges(seen, scan.pieces.flat());
    uid = scan.nextUid;
  }
  expect(seen).toEqual(known);
  expect(looks).toBeLessThan(scans * 24);
});

/** What is held on to at this moment, without what only waits to be collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** Nine UIDs of ten are there: 6, 8, 16 and no 7. */
const isThere = (uid: number): boolean => uid % 10 !== 7;

test.each([
  ['ESEARCH', 'IMAP4rev1 ESEARCH', 1_000_000],
  ['SEARCH', 'IMAP4rev1', 1_000_000],
  ['FETCH', 'IMAP4rev1', 200_000],
] as const)(
  'SYNC-085 a large mailbox is merged slice by slice, and only intervals are held: %s',
  async (way, capabilities, highest) => {
    const held: number[] = [];
    const { connector, server: scripted } = await start(
      (command) => {
        if (command.startsWith('EXAMINE')) return OPENED(highest + 1, highest * 0.9);
        if (command.startsWith('UID SEARCH') && way === 'FETCH') return '%T BAD no\r\n';
        if (!command.startsWith('UID')) return undefined;
        held.push(heldBytes());
        const [, first = 0, last = 0] = (/UID (?:FETCH )?(\d+):(\d+)/.exec(command) ?? []).map(Number);
        const uids: number[] = [];
        for (let uid = first; uid <= last; uid++) if (isThere(uid)) uids.push(uid);
        if (way === 'FETCH')
          return `${uids.map((uid) => `* 1 FETCH (UID ${uid} FLAGS ())\r\n`).join('')}%T OK done\r\n`;
        return way === 'SEARCH'
          ? `* SEARCH ${uids.join(' ')}\r\n%T OK done\r\n`
          : `* ESEARCH (TAG "%T") UID ALL ${formatRanges(rangesFromUids(uids))}\r\n%T OK done\r\n`;
      },
      { capabilities },
    );
    must(await connector.connect('bulk', never));
    const listing = must((await connector.listUids?.('INBOX', never)) ?? { ok: true, value: null });
    const uids = listing?.uids ?? [];
    expect(countRanges(uids)).toBe(highest * 0.9);
    expect([1, 6, 8, 16, 50_000, 50_001, highest].every((uid) => rangesContain(uids, uid))).toBe(true);
    expect([7, 17, 49_997, highest - 3].some((uid) => rangesContain(uids, uid))).toBe(false);
    // What is compared are intervals: what was known and is gone comes out as such.
    expect(subtractRanges([[1, highest]], uids)).toHaveLength(highest / 10);
    const slices = scripted.commands.filter((command) => /^UID .*\d+:\d+/.test(command));
    expect(slices).toHaveLength(highest / 50_000 + (way === 'FETCH' ? 1 : 0));
    // Up to 100,000 intervals and never a number for each message.
    const most = Math.max(...held) - (held[0] ?? 0);
    expect(most / 1_000_000).toBeLessThan(20);
  },
);
