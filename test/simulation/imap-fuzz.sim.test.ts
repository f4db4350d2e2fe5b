/**
 * Hostile and broken IMAP servers (SYNC-133): whatever is answered, nothing crashes, hangs for longer than a minute or
 * breaks a row. Some hundred sessions with every run; HOMEPORT_FUZZ_SESSIONS and HOMEPORT_FUZZ_SEED set others: 33,400 with
 * each of the seeds 41, 42 and 43 are the 100,000 of the requirement, some four minutes on two cores.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { ImapCheckpoint } from '../../src/shared/observation';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { reconcile } from '../../src/sync/engine/reconcile';
import { getCheckpoint } from '../../src/sync/store/read/checkpoints';
import { knownUids, storedValidity } from '../../src/sync/store/read/placements';
import { recount } from '../../src/sync/store/recount';
import { applyObservations } from '../../src/sync/store/write/apply-observations';
import { storePackedBody } from '../../src/sync/store/write/store-bodies';
import { createFakeClock } from '../fakes/fake-clock';
import { addAccount } from '../fakes/observed-facts';
import { openTestStore } from '../fakes/open-test-store';
import { testPorts } from '../integration/imap-support';

const SESSIONS = Number(process.env.HOMEPORT_FUZZ_SESSIONS ?? 400);
const SEED = Number(process.env.HOMEPORT_FUZZ_SEED ?? 1);
/** A minute, and the step in which the clock goes on. */
const HUNG_MS = 65_000;
/** Turns of the loop without an end after which a server is believed to be silent. */
const STILL_TURNS = 150;

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** mulberry32: the same seed, the same server. */
function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (count: number): number => Math.floor(next() * count),
    chance: (share: number): boolean => next() < share,
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  };
}
type Random = ReturnType<typeof randomOf>;

const NUMBERS = [
  '0',
  '-1',
  '1',
  '4294967295',
  '4294967296',
  '9223372036854775808',
  '18446744073709551616',
  '1e9',
  'NIL',
  '()',
  '"7"',
  '*',
];
const ODD = [
  '* ',
  '*',
  '* -1 EXISTS',
  '* 9223372036854775808 EXISTS',
  '* FLAGS NIL',
  '* LIST NIL NIL NIL',
  '* LIST () "/" ""',
  '* STATUS INBOX NIL',
  '* OK [',
  '* OK [UIDNEXT -1] n',
  '* OK [UIDVALIDITY 0] v',
  '* NO [ALERT] \x1b[2J',
  '* VANISHED (EARLIER) 1:4294967295',
  '* VANISHED *',
  '* 4294967295 EXPUNGE',
  '* 1 FETCH NIL',
  '* 1 FETCH (UID 1 UID 2 FLAGS NIL)',
  '* 2 FETCH (UID 4294967296 FLAGS (\\Seen))',
  '* SEARCH 3 1 2 2 -5',
  '* ESEARCH (TAG "x") UID ALL 9:1,3,3,2:1',
  '* ENABLED NIL',
  '* CAPABILITY',
  '* BYE',
  '* PREAUTH again',
  '+ go on',
  'ZZ9 OK wrong tag',
  '* 1 FETCH (BODYSTRUCTURE ((((((((',
  '{5}',
  '* SORT 1',
  '* 3 FETCH (UID 3 RFC822.SIZE -5 INTERNALDATE "no" MODSEQ (x))',
];

const row = (uid: number | string, random: Random): string => {
  const header = random.of([
    'Subject: hi\r\nMessage-ID: <a@b>\r\n',
    '',
    '\x00\xff\r\n',
    `Date: never\r\nFrom: ${'<'.repeat(40)}\r\n`,
    'Subject: =?utf-8?b?////?=\r\n',
  ]);
  const structure = random.of([
    '("text" "plain" NIL NIL NIL "7bit" 10 1)',
    'NIL',
    '(("text" "html" NIL NIL NIL "x" -1)("a" "b"))',
    '("text")',
    '()',
  ]);
  return `* ${random.below(9)} FETCH (UID ${uid} FLAGS (${random.of(['\\Seen', 'a b c', '', 'NIL', '\\*'])}) INTERNALDATE ${random.of(['"20-Nov-2026 10:00:00 +0000"', 'NIL', '"x"'])} RFC822.SIZE ${usually('100', random)} MODSEQ (${usually('5', random)}) BODYSTRUCTURE ${structure} BODY[HEADER.FIELDS (SUBJECT)] {${header.length}}\r\n${header})`;
};

/** Mostly what makes sense. */
function usually(value: string, random: Random): string {
  return random.chance(0.94) ? value : random.of(NUMBERS);
}

/** A plausible answer to a command, before it is spoilt. */
function plausible(command: string, random: Random): string[] {
  if (/^(EXAMINE|SELECT)/.test(command))
    return [
      `* ${usually('8', random)} EXISTS`,
      `* OK [UIDVALIDITY ${usually('7', random)}] v`,
      `* OK [UIDNEXT ${usually('9', random)}] n`,
      `* OK [HIGHESTMODSEQ ${usually(`${50 + random.below(30)}`, random)}] h`,
      '* OK [PERMANENTFLAGS (\\Seen \\Flagged \\*)] p',
    ];
  if (command.startsWith('UID SEARCH'))
    return [
      random.of([
        '* ESEARCH (TAG "x") UID ALL 1:8',
        '* SEARCH 8 1 3 3 2',
        '* ESEARCH (TAG "x") UID',
        '* ESEARCH (TAG "x") UID ALL 1,1,1,8:2',
      ]),
    ];
  if (/^UID FETCH .*BODY\.PEEK\[\]/.test(command))
    return [8, 7, 7, 1].map(
      (uid) => `* 1 FETCH (UID ${uid} BODY[] {${random.of([12, 12, 3, 0])}}\r\nSubject: x\r\n)`,
    );
  if (command.startsWith('UID FETCH'))
    return [8, 6, 7, 7, 3, 1, 2].map((uid) => row(random.chance(0.1) ? random.of(NUMBERS) : uid, random));
  if (command.startsWith('UID STORE')) return [`* 1 FETCH (UID 3 FLAGS (\\Flagged))`];
  if (command.startsWith('UID MOVE')) return ['* OK [COPYUID 8 3 12] done', '* VANISHED 3'];
  if (command.startsWith('LIST'))
    return [
      '* LIST () "/" INBOX',
      '* LIST (\\Trash) "/" "T"',
      `* STATUS INBOX (MESSAGES ${random.of(NUMBERS)} UNSEEN 0 UIDNEXT 9 UIDVALIDITY 7)`,
    ];
  if (command.startsWith('STATUS'))
    return [`* STATUS INBOX (MESSAGES 1 UNSEEN 0 UIDNEXT ${usually('9', random)} UIDVALIDITY 7)`];
  if (command.startsWith('ENABLE'))
    return [random.of(['* ENABLED QRESYNC', '* ENABLED QRESYNC UTF8=ACCEPT', '* ENABLED'])];
  if (command.startsWith('NAMESPACE')) return ['* NAMESPACE (("" "/")) NIL NIL'];
  if (command.startsWith('CAPABILITY')) return ['* CAPABILITY IMAP4rev1'];
  return [];
}

/** What goes over the wire, and how it ends: 'open' leaves the client waiting. */
function spoil(lines: string[], tagged: string, random: Random): { bytes: Buffer; end: 'open' | 'closed' } {
  const said = [...lines];
  for (let at = random.of([0, 0, 0, 0, 1, 1, 2, 4]); at > 0; at--)
    said.splice(random.below(said.length + 1), 0, random.of(ODD));
  if (random.chance(0.05)) said.reverse();
  if (random.chance(0.01)) said.push(...Array<string>(3_000).fill('* 1 RECENT'));
  if (random.chance(0.004)) said.push('* OK '.padEnd(1_100_000, 'x'));
  if (random.chance(0.02)) said.push('* BYE enough');
  let text = `${said.join('\r\n')}${said.length > 0 ? '\r\n' : ''}${random.chance(0.03) ? tagged.replace(/^\S+/, 'XX') : tagged}`;
  if (random.chance(0.03)) text = text.replace(/\r\n/g, '\n');
  const bytes = Buffer.from(text, 'latin1');
  if (random.chance(0.08) && bytes.length > 0)
    for (let hits = random.below(6) + 1; hits > 0; hits--)
      bytes[random.below(bytes.length)] = random.below(256);
  if (random.chance(0.05))
    return {
      bytes: bytes.subarray(0, random.below(bytes.length + 1)),
      end: random.of(['open', 'closed', 'closed']),
    };
  return { bytes, end: random.chance(0.02) ? 'closed' : 'open' };
}

test(`SYNC-133 ${SESSIONS} sessions with servers that say anything: none crashes, hangs for a minute or writes a broken row`, async () => {
  const { store, remove } = openTestStore();
  opened.push({ close: remove });
  const account = addAccount(store);
  let random = randomOf(SEED);
  const sockets = new Set<Socket>();
  /** Connections that were made and commands that came: the client is not waiting. */
  let activity = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    activity += 1;
    const mine = random;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    socket.on('data', (data) => {
      activity += 1;
      const lines = (rest + data.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, tag = '', command = line] = /^([0-9A-F]+) (.*)$/.exec(line) ?? [];
        if (tag === '' || socket.destroyed) continue;
        const isLogin = /^(LOGIN|CAPABILITY|ID|NAMESPACE|AUTHENTICATE)/.test(command);
        const tagged = `${tag} ${mine.of(isLogin ? ['OK'] : [...Array<string>(12).fill('OK'), 'NO', 'BAD'])} ${mine.of(['done', '[READ-ONLY] x', '[HIGHESTMODSEQ x] y', '[COPYUID 1 2', ''])}\r\n`;
        // Most sessions get past the login, where there is more to spoil.
        const { bytes, end } =
          isLogin && mine.chance(0.97)
            ? {
                bytes: Buffer.from(
                  `${plausible(command, mine).join('\r\n')}${plausible(command, mine).length > 0 ? '\r\n' : ''}${tagged}`,
                  'latin1',
                ),
                end: 'open' as const,
              }
            : spoil(plausible(command, mine), tagged, mine);
        socket.write(bytes);
        if (end === 'closed') socket.destroy();
      }
    });
    socket.write(
      mine.chance(0.98)
        ? '* OK [CAPABILITY IMAP4rev1 ENABLE CONDSTORE QRESYNC UIDPLUS ESEARCH MOVE IDLE] ready\r\n'
        : mine.of([
            '',
            '* BYE\r\n',
            '\x00\x01\r\n',
            '* PREAUTH [CAPABILITY IMAP4rev1] in\r\n',
            'HTTP/1.1 400\r\n',
          ]),
    );
    // A greeting that never comes costs 15 s of the real clock (SYNC-125): here it ends at once.
    if (socket.bytesWritten === 0 || mine.chance(0.005)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  const { port } = server.address() as AddressInfo;
  const crashes: unknown[] = [];
  const onCrash = (error: unknown): void => void crashes.push(error);
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);

  const ended = { ok: 0, failed: 0, rows: 0 };
  try {
    for (let session = 0; session < SESSIONS; session++) {
      random = randomOf(SEED * 1_000_003 + session);
      const mine = randomOf(SEED * 7_919 + session);
      const clock = createFakeClock();
      const connector = createImapConnector(
        {
          server: { host: '127.0.0.1', port, security: 'none', user: 'ann' },
          caPem: null,
          pinned: [],
          auth: 'password',
          secret: async () => 'secret',
        },
        { ...testPorts, clock },
      );
      const stop = new AbortController();
      const work = live(connector, mine, stop.signal);
      let done = false;
      const settled = work.then(
        (result) => {
          done = true;
          ended[result ? 'ok' : 'failed'] += 1;
        },
        (error: unknown) => {
          done = true;
          crashes.push(error);
        },
      );
      // Real bytes come within some turns of the loop; who still waits then waits for silence, and that has an end.
      let quietSince = clock.monotonic();
      let stillTurns = 0;
      let seenActivity = activity;
      while (!done) {
        await turn();
        stillTurns += 1;
        if (stillTurns < STILL_TURNS || stillTurns % 10 !== 0) continue;
        if (connector.takeTraffic().bytesIn > 0 || activity !== seenActivity) {
          seenActivity = activity;
          quietSince = clock.monotonic();
          stillTurns = 0;
          continue;
        }
        // Whoever waits for a silent server is let go within a minute, or hears something: a reconnect is a greeting.
        expect(clock.monotonic() - quietSince, `seed ${SEED}, session ${session}`).toBeLessThanOrEqual(
          HUNG_MS,
        );
        clock.advance(5_000);
      }
      await settled;
      stop.abort();
      const closing = connector.close();
      clock.advance(5_000);
      await closing;
      for (const socket of sockets) socket.destroy();
      if (crashes.length > 0) throw new Error(`seed ${SEED}, session ${session}`, { cause: crashes[0] });
    }
  } finally {
    process.off('uncaughtException', onCrash);
    process.off('unhandledRejection', onCrash);
  }

  async function live(
    connector: ReturnType<typeof createImapConnector>,
    mine: Random,
    signal: AbortSignal,
  ): Promise<boolean> {
    let good = true;
    for (let step = 0; step < 2 && good; step++) {
      const checkpoint = getCheckpoint(store.read, account.inbox) as ImapCheckpoint | null;
      const uidValidity = storedValidity(store.read, account.inbox) ?? '7';
      switch (mine.below(6)) {
        case 0:
          good = (await connector.listMailboxes(signal)).ok;
          break;
        case 1:
        case 2:
        case 3: {
          const kind =
            checkpoint === null
              ? 'initial'
              : mine.of(['initial', 'qresync', 'backfill', 'revalidate'] as const);
          const plans = [
            { kind },
            { kind: 'window-scan', full: mine.chance(0.5) },
            { kind: 'condstore', compareUids: true },
          ] as const;
          const plan = checkpoint === null ? ({ kind: 'initial' } as const) : mine.of(plans);
          const known = knownUids(store.read, account.inbox);
          for await (const batch of connector.pull(
            { remoteKey: 'INBOX', plan, checkpoint, knownUids: known, firstWindow: 5 },
            signal,
          )) {
            good = batch.ok;
            if (!batch.ok) break;
            store.writeTx('server', (tx) => {
              const facts = {
                uidValidity: storedValidity(tx.db, account.inbox),
                knownUids: knownUids(tx.db, account.inbox),
                busyUids: [],
              };
              applyObservations(
                tx,
                account.inbox,
                { ...reconcile(batch.value, facts), checkpoint: batch.value.checkpoint },
                tx.nowMs,
              );
            });
            ended.rows += batch.value.added.length + batch.value.flags.length;
          }
          break;
        }
        case 4: {
          const messages = [1, 3, 7].map((uid) => ({ uid, size: 12, textSections: null }));
          for await (const result of connector.fetchBodies(
            'bulk',
            { remoteKey: 'INBOX', uidValidity, messages, wholeBelowBytes: mine.of([0, 1_000]) },
            signal,
          )) {
            good = result.ok;
            if (!result.ok) break;
            const { uid, body } = result.value;
            const id = store.read
              .prepare('SELECT message_id FROM placements WHERE mailbox_id = ? AND uid = ?')
              .pluck()
              .get(account.inbox, uid);
            if (body !== null && typeof body !== 'string' && id !== undefined)
              store.writeTx('server', (tx) => storePackedBody(tx, id as never, body));
          }
          break;
        }
        default: {
          const messages = [{ uidValidity, uid: 3, identity: null }];
          const action = mine.chance(0.5)
            ? ({ kind: 'keywords', remoteKey: 'INBOX', messages, add: ['$flagged'], remove: [] } as const)
            : ({ kind: 'move', remoteKey: 'INBOX', messages, toRemoteKey: 'T' } as const);
          const wire = await connector.preparePush(action, signal);
          if (wire.ok) {
            const pushed = await connector.push(action, wire.value, signal);
            good = pushed.ok;
            if (!pushed.ok && pushed.failure.kind === 'unknown-outcome')
              await connector.probePush(action, wire.value, signal);
          } else good = false;
        }
      }
    }
    return good;
  }

  expect(crashes).toEqual([]);
  expect(store.read.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(store.read.pragma('foreign_key_check')).toEqual([]);
  expect(recount(store.read)).toEqual([]);
  const negative = 'SELECT count(*) FROM placements WHERE uid < 1 OR uid > 4294967295';
  expect(store.read.prepare(negative).pluck().get()).toBe(0);
  // It is worth something only if much of it got through.
  expect(ended.ok).toBeGreaterThan(SESSIONS / 20);
  expect(ended.rows).toBeGreaterThan(SESSIONS / 4);
  if (SESSIONS > 1_000) console.log(`${SESSIONS} sessions: ${JSON.stringify(ended)}`);
}, 3_600_000);
