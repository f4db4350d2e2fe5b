/** Which UIDs a mailbox has: three ways to ask for the same answer, and what it costs us. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  countRanges,
  formatRanges,
  rangesContain,
  rangesFromUids,
  subtractRanges,
} from '../../src/shared/uid-ranges';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { OPENED, start } from './imap-scripted-support';
import { connectTo, mails, must, never, plainAccount } from './imap-support';

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
