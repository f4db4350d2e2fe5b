/** What we say to a server, line by line, and what we make of its answers: requirements about the wire itself. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { MessageId } from '../../src/shared/domain';
import type { Checkpoint } from '../../src/shared/observation';
import type { Connector } from '../../src/sync/connectors/contract';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { createGestures } from '../../src/sync/mutations/gestures';
import type { Clock } from '../../src/sync/ports/clock';
import { mailboxesOf } from '../../src/sync/store/read/messages';
import { dueChanges } from '../../src/sync/store/read/pending';
import { knownUids } from '../../src/sync/store/read/placements';
import { settleTargets } from '../../src/sync/store/write/settle-targets';
import { createFakeRandom } from '../fakes/fake-random';
import { addAccount, observe, observed } from '../fakes/observed-facts';
import { openTestEngine } from '../fakes/open-test-engine';
import { openTestStore } from '../fakes/open-test-store';
import { type ImapScript, type ScriptedImapServer, startScriptedImap } from '../fakes/scripted-imap-server';
import { factsOf, unpack } from '../fakes/unpack';
import { must, never, pullAll, testPorts } from './imap-support';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const connectTo = (server: ScriptedImapServer, clock: Clock = testPorts.clock): Connector =>
  createImapConnector(
    {
      server: { host: '127.0.0.1', port: server.port, security: 'none', user: 'ann' },
      caPem: null,
      pinned: [],
      auth: 'password',
      secret: async () => 'secret',
    },
    { ...testPorts, clock },
  );

async function start(
  script: ImapScript,
  options: { readonly capabilities?: string; readonly greeting?: string; readonly clock?: Clock } = {},
): Promise<{ connector: Connector; server: ScriptedImapServer }> {
  const server = await startScriptedImap(script, options);
  const connector = connectTo(server, options.clock);
  opened.push(server, connector);
  return { connector, server };
}

const row = (uid: number, extra = ''): string =>
  `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "20-Nov-2026 10:00:00 +0000" RFC822.SIZE 100${extra} BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 10 1) BODY[HEADER.FIELDS (SUBJECT)] "Subject: s${uid}")\r\n`;
const selected = (uidNext: number, exists: number, more = ''): string =>
  `* ${exists} EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT ${uidNext}] n\r\n${more}%T OK [READ-WRITE] done\r\n`;

/** A mailbox with one message, as far as reading and moving it goes. */
const oneMessage =
  (extra = ''): ImapScript =>
  (command) => {
    if (/^ENABLE .*QRESYNC/.test(command)) return '* ENABLED QRESYNC\r\n%T OK done\r\n';
    if (/^(SELECT|EXAMINE)/.test(command)) return selected(2, 1, extra);
    if (command.startsWith('UID SEARCH RETURN')) return '* ESEARCH (TAG "x") UID ALL 1\r\n%T OK done\r\n';
    if (command.startsWith('UID SEARCH')) return '* SEARCH 1\r\n%T OK done\r\n';
    if (/^UID FETCH .*BODYSTRUCTURE/.test(command)) return `${row(1)}%T OK done\r\n`;
    if (/^UID FETCH .*BODY/.test(command))
      return '* 1 FETCH (UID 1 RFC822.SIZE 100 BODY[] {4}\r\nabcd)\r\n%T OK done\r\n';
    if (/^(LIST|XLIST)/.test(command))
      return '* LIST () "/" INBOX\r\n* LIST () "/" Archive\r\n%T OK done\r\n';
    if (/^(LSUB|UID FETCH|UID COPY|UID MOVE)/.test(command)) return '%T OK done\r\n';
    const status = /^STATUS (\S+)/.exec(command);
    return status
      ? `* STATUS ${status[1]} (MESSAGES 1 UNSEEN 0 UIDNEXT 2 UIDVALIDITY 7)\r\n%T OK done\r\n`
      : undefined;
  };

// Those of SYNC-052 and Return-Path, with which SYNC-293 compares where a receipt would go.
const FIELDS =
  'From Sender Reply-To To Cc Bcc Subject Date Message-ID In-Reply-To References List-Id List-Unsubscribe List-Unsubscribe-Post List-Post Auto-Submitted Precedence Content-Type Authentication-Results Importance X-Priority Return-Path Disposition-Notification-To';

test.each([
  ['a plain server', 'IMAP4rev1', '', []],
  ['CONDSTORE', 'IMAP4rev1 CONDSTORE', '* OK [HIGHESTMODSEQ 5] h\r\n', ['MODSEQ']],
  ['OBJECTID', 'IMAP4rev1 OBJECTID', '', ['EMAILID', 'THREADID']],
  ['Gmail ids', 'IMAP4rev1 X-GM-EXT-1', '', ['X-GM-MSGID', 'X-GM-THRID']],
])(
  'SYNC-052 one header fetch asks for exactly the facts we use, and no reading sets \\Seen: %s',
  async (_name, capabilities, extra, more) => {
    const open = await start(oneMessage(extra), { capabilities });
    await pullAll(open.connector, { plan: { kind: 'initial' } });
    const fetches = open.server.commands.filter((command) => command.startsWith('UID FETCH'));
    expect(fetches).toHaveLength(1);
    const match = /^UID FETCH 1 \((.*) BODY\.PEEK\[HEADER\.FIELDS \((.*)\)\]\)$/.exec(fetches[0] ?? '');
    const basic = ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'BODYSTRUCTURE'];
    expect(match?.[1]?.split(' ').toSorted()).toEqual([...basic, ...more].toSorted());
    expect(match?.[2]?.split(' ').toSorted()).toEqual(FIELDS.toUpperCase().split(' ').toSorted());

    const message = { uidValidity: '7', uid: 1, identity: null };
    const request = {
      remoteKey: 'INBOX',
      uidValidity: '7',
      messages: [{ uid: 1, size: 100, textSections: null }],
    };
    for await (const _body of open.connector.fetchBodies(
      'bulk',
      { ...request, wholeBelowBytes: 1_000 },
      never,
    ));
    for await (const _body of open.connector.fetchBodies('bulk', { ...request, wholeBelowBytes: 10 }, never));
    await open.connector.fetchPart('INBOX', message, '1', never);
    await open.connector.fetchSource('INBOX', message, never);
    const reading = open.server.commands.filter((command) => /BODY|RFC822(?!\.SIZE)|BINARY/.test(command));
    expect(reading.length).toBeGreaterThan(3);
    for (const command of reading)
      expect(command.replaceAll('BODYSTRUCTURE', '')).not.toMatch(/(BODY|BINARY)\[|RFC822(?!\.SIZE)/);
  },
);

/** What these servers advertise after login, as recorded; shortened to what concerns a client like us. */
const RECORDED = {
  Dovecot:
    'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT THREAD=REFERENCES UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SPECIAL-USE LITERAL+',
  Cyrus:
    'IMAP4rev1 LITERAL+ ID ENABLE ACL QUOTA MAILBOX-REFERRALS NAMESPACE UIDPLUS UNSELECT CHILDREN MULTIAPPEND BINARY CATENATE CONDSTORE ESEARCH LIST-EXTENDED LIST-STATUS MOVE QRESYNC SPECIAL-USE CREATE-SPECIAL-USE OBJECTID STATUS=SIZE IDLE',
  Gmail:
    'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584',
  Exchange: 'IMAP4 IMAP4rev1 ID MOVE NAMESPACE LITERAL+ UIDPLUS CHILDREN IDLE CLIENTACCESSRULES',
  iCloud:
    'IMAP4 IMAP4rev1 SORT SORT=DISPLAY ID NAMESPACE UIDPLUS UNSELECT CHILDREN BINARY LITERAL+ CONDSTORE ENABLE ESEARCH SPECIAL-USE LIST-STATUS XAPPLEPUSHSERVICE IDLE',
  'minimal rev1': 'IMAP4rev1',
} as const;
/** A command or parameter and the capability that has to be advertised for it. */
const NEEDS: readonly (readonly [RegExp, string])[] = [
  [/^ENABLE/, 'ENABLE'],
  [/^ID /, 'ID'],
  [/^NAMESPACE/, 'NAMESPACE'],
  [/^IDLE/, 'IDLE'],
  [/^UID MOVE/, 'MOVE'],
  [/^UID EXPUNGE/, 'UIDPLUS'],
  [/^UNSELECT/, 'UNSELECT'],
  [/^COMPRESS/, 'COMPRESS=DEFLATE'],
  [/^XLIST/, 'XLIST'],
  [/^UID SEARCH RETURN/, 'ESEARCH'],
  [/^LIST .*RETURN/, 'LIST-EXTENDED'],
  [/^LIST .*RETURN.*STATUS/, 'LIST-STATUS'],
  [/^LIST .*SPECIAL-USE/, 'SPECIAL-USE'],
  [/^CREATE .*USE/, 'CREATE-SPECIAL-USE'],
  [/HIGHESTMODSEQ|CONDSTORE|CHANGEDSINCE/, 'CONDSTORE'],
  [/QRESYNC/, 'QRESYNC'],
  [/MAILBOXID|EMAILID|THREADID/, 'OBJECTID'],
  [/X-GM-/, 'X-GM-EXT-1'],
  [/BINARY/, 'BINARY'],
  [/^AUTHENTICATE/, 'AUTH=PLAIN'],
  [/\{\d+\+\}$/, 'LITERAL+'],
  [/STATUS.*SIZE/, 'STATUS=SIZE'],
  [/UTF8/, 'UTF8=ACCEPT'],
];

test.each(Object.entries(RECORDED))(
  'SYNC-030 nothing %s does not advertise is used, and capabilities are asked at most once',
  async (_name, capabilities) => {
    for (const inGreeting of [true, false]) {
      const script: ImapScript = (command) => {
        if (command.startsWith('LOGIN') && inGreeting) return `%T OK [CAPABILITY ${capabilities}] in\r\n`;
        return oneMessage()(command);
      };
      const open = await start(script, {
        capabilities,
        greeting: inGreeting ? `* OK [CAPABILITY ${capabilities}] hi\r\n` : '* OK hi\r\n',
      });
      must(await open.connector.connect('interactive', never));
      const asked = open.server.commands.filter((command) => command === 'CAPABILITY').length;
      // Without a word from the server: once before and once after login, which may change them.
      expect(asked).toBeLessThanOrEqual(inGreeting ? 0 : 2);
      const { connector } = open;
      must(await connector.listMailboxes(never));
      const [batch] = await pullAll(connector, { plan: { kind: 'initial' } });
      const checkpoint = batch?.checkpoint ?? null;
      const knownUids = [[1, 1]] as const;
      await pullAll(connector, { plan: { kind: 'window-scan', full: true }, checkpoint, knownUids });
      const messages = [{ uidValidity: '7', uid: 1, identity: null }];
      const nothing = { source: null, destination: null };
      const move = { kind: 'move', remoteKey: 'INBOX', messages, toRemoteKey: 'Archive' } as const;
      must(await connector.push(move, must(await connector.preparePush(move, never)), never));
      must(await connector.push({ kind: 'delete', remoteKey: 'INBOX', messages }, nothing, never));
      must(
        await connector.push(
          { kind: 'keywords', remoteKey: 'INBOX', messages, add: ['$flagged'], remove: [] },
          nothing,
          never,
        ),
      );
      await connector.push({ kind: 'create-mailbox', path: ['Trash'], role: 'trash' }, nothing, never);
      const stop = new AbortController();
      const events = connector.watch('INBOX', stop.signal);
      await events.next();
      await events.next();
      await delay(20);
      stop.abort();
      await connector.close();

      const offered = new Set(capabilities.split(' '));
      for (const command of open.server.commands)
        for (const [pattern, needed] of NEEDS)
          if (pattern.test(command))
            expect([command, needed, offered.has(needed)]).toEqual([command, needed, true]);
      expect(open.server.commands.length).toBeGreaterThan(10);
      expect(open.server.commands).not.toContain('EXPUNGE');
      open.server.close();
    }
  },
);

test('SYNC-036 INBOX has no case, other names do, and containers have no counts', async () => {
  const open = await start((command) => {
    if (command.startsWith('LIST'))
      return [
        '* LIST (\\HasChildren) "/" inbox',
        '* LIST () "/" iNbOx/Plans',
        '* LIST () "/" Work',
        '* LIST () "/" work',
        '* LIST (\\Noselect \\HasChildren) "/" Lists',
        '* LIST (\\NonExistent) "/" Lists/Gone',
        '* LIST () "/" Lists/dev',
        '%T OK done\r\n',
      ].join('\r\n');
    const status = /^STATUS (\S+)/.exec(command);
    if (status)
      return `* STATUS ${status[1]} (MESSAGES 4 UNSEEN 1 UIDNEXT 9 UIDVALIDITY 7)\r\n%T OK done\r\n`;
    return command.startsWith('LSUB') ? '* LSUB () "/" Inbox\r\n%T OK done\r\n' : undefined;
  });
  const { mailboxes } = must(await open.connector.listMailboxes(never));
  const counted = { selectable: true, status: expect.objectContaining({ messages: 4, unseen: 1 }) };
  const container = { selectable: false, status: null };
  expect(Object.fromEntries(mailboxes.map((box) => [box.path, box]))).toMatchObject({
    INBOX: { ...counted, role: 'inbox', subscribed: true },
    'INBOX/Plans': counted,
    Work: counted,
    work: counted,
    Lists: container,
    'Lists/Gone': container,
    'Lists/dev': counted,
  });
  expect(mailboxes).toHaveLength(7);
  expect(open.server.commands.filter((command) => /^STATUS "?Lists(\/Gone)?"? /.test(command))).toEqual([]);
});

test('SYNC-060 one message that cannot be read stops no window: it is asked alone, kept as unreadable and its source is there', async () => {
  const asked: string[] = [];
  const open = await start((command) => {
    if (/^(SELECT|EXAMINE)/.test(command)) return selected(4, 3);
    if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1:3\r\n%T OK done\r\n';
    if (!command.startsWith('UID FETCH')) return undefined;
    asked.push(command);
    if (command.startsWith('UID FETCH 1:3'))
      return `${row(3)}* 2 FETCH (UID 2 FLAGS () BODYSTRUCTURE (("open)\r\n${row(1)}%T OK done\r\n`;
    if (command.includes('BODY.PEEK[]'))
      return '* 2 FETCH (UID 2 RFC822.SIZE 9 BODY[] {9}\r\n\u0000raw bytes)\r\n%T OK done\r\n'.replace(
        '{9}',
        '{10}',
      );
    return '* 2 FETCH (UID 2 FLAGS (\\Flagged) INTERNALDATE "20-Nov-2026 10:00:00 +0000" RFC822.SIZE 10)\r\n%T OK done\r\n';
  });
  const [batch] = await pullAll(open.connector, { plan: { kind: 'initial' } });
  expect(batch?.checkpoint.backfillComplete).toBe(true);
  expect(
    batch?.added.map(factsOf).map(({ uid, headers }) => [uid, headers.subject, headers.unreadable]),
  ).toEqual([
    [3, 's3', false],
    [2, '(unreadable message)', true],
    [1, 's1', false],
  ]);
  expect(factsOf(batch?.added[1])).toMatchObject({ keywords: ['$flagged'], size: 10 });
  expect(asked.filter((command) => command.startsWith('UID FETCH 2 '))).toHaveLength(1);
  const target = { uidValidity: '7', uid: 2, identity: null };
  const source = must(await open.connector.fetchSource('INBOX', target, never));
  expect(unpack(source).toString('latin1')).toBe('\u0000raw bytes');
});

test.each([
  [
    'in an untagged OK before the expunge',
    '* OK [COPYUID 9 1:2 11:12] c\r\n* 2 EXPUNGE\r\n* 1 EXPUNGE\r\n%T OK done\r\n',
  ],
  [
    'in an untagged OK after the expunge',
    '* 2 EXPUNGE\r\n* 1 EXPUNGE\r\n* OK [COPYUID 9 1:2 11:12] c\r\n%T OK done\r\n',
  ],
  ['in the tagged OK', '* 2 EXPUNGE\r\n* 1 EXPUNGE\r\n%T OK [COPYUID 9 1:2 11:12] done\r\n'],
  ['in the tagged OK after VANISHED', '* VANISHED 1:2\r\n%T OK [COPYUID 9 1:2 11:12] done\r\n'],
  ['before VANISHED', '* OK [COPYUID 9 1:2 11:12] c\r\n* VANISHED 1:2\r\n%T OK done\r\n'],
])(
  'SYNC-102 our own move learns the new UIDs %s: nothing is loaded again, nothing flickers, devices hear it once',
  async (_where, answer) => {
    const { store, remove } = openTestStore();
    opened.push({ close: remove });
    const { accountId, inbox, archive } = addAccount(store);
    observe(store, archive, { uidValidity: '9' });
    const insert = [1, 2].map((uid) => observed(uid, { identity: `m${uid}` }));
    const messageIds = observe(store, inbox, { uidValidity: '7', insert }).added;
    const gestures = createGestures({
      store,
      clock: testPorts.clock,
      random: createFakeRandom(),
      report: () => undefined,
    });
    const target = { kind: 'messages' as const, messageIds };
    const moved = await gestures.apply({ target, mutation: { kind: 'archive' }, origin: 'user' });
    const [change] = dueChanges(store.read, accountId, Number.MAX_SAFE_INTEGER, 10);
    if (!moved.ok || !change) throw new Error('nothing to send');

    const open = await start(
      (command) => {
        if (command.startsWith('SELECT')) return selected(3, 2);
        if (command.startsWith('UID MOVE')) return answer;
        if (command.startsWith('UID FETCH'))
          return `* 1 FETCH (UID 1 RFC822.SIZE 10 BODY[HEADER.FIELDS (MESSAGE-ID DATE)] "")\r\n* 2 FETCH (UID 2 RFC822.SIZE 10 BODY[HEADER.FIELDS (MESSAGE-ID DATE)] "")\r\n%T OK done\r\n`;
        return undefined;
      },
      { capabilities: 'IMAP4rev1 MOVE UIDPLUS ESEARCH' },
    );
    const messages = [1, 2].map((uid) => ({ uidValidity: '7', uid, identity: null }));
    const action = { kind: 'move', remoteKey: 'INBOX', messages, toRemoteKey: 'Archive' } as const;
    const { items } = must(await open.connector.push(action, { source: null, destination: null }, never));
    expect(items).toEqual([
      { uid: 1, result: 'done', newUid: 11, newUidValidity: '9' },
      { uid: 2, result: 'done', newUid: 12, newUidValidity: '9' },
    ]);

    const seq = store.read.prepare('SELECT max(seq) FROM change_log').pluck().get();
    const outcomes = items.map((item, at) => ({
      ...item,
      messageId: messageIds[at] as MessageId,
      mailboxId: inbox,
    }));
    store.writeTx('server', (tx) =>
      settleTargets(tx, change.id, outcomes, { createdRemoteKey: null, now: 0 }),
    );
    expect(knownUids(store.read, archive)).toEqual([[11, 12]]);
    expect(knownUids(store.read, inbox)).toEqual([]);
    // The next pull of the destination lists them and has nothing to fetch; even facts told again change nothing.
    const again = [11, 12].map((uid, at) => observed(uid, { identity: `m${at + 1}` }));
    expect(observe(store, archive, { uidValidity: '9', insert: again })).toMatchObject({
      added: [],
      changed: 0,
    });
    expect(messageIds.map((id) => mailboxesOf(store.read, id))).toEqual([[archive], [archive]]);
    const told = store.read
      .prepare('SELECT item FROM change_log WHERE seq > ? AND collection IN (?, ?)')
      .all(seq, inbox, archive);
    expect(told).toEqual([]);
  },
);

test('SYNC-053 windows go down over the UIDs that exist: 200, 1,000, growing to 5,000 by time, shrinking when slow or limited', async () => {
  const skew = { ms: 0 };
  const clock = { ...testPorts.clock, monotonic: () => testPorts.clock.monotonic() + skew.ms };
  const asked: number[][] = [];
  // Milliseconds a window takes, by the number of its FETCH.
  const slow = new Map([
    [4, 3_000],
    [7, 6_000],
  ]);
  let limited = false;
  // Blocks of fifty with wide gaps between them.
  const COUNT = 30_000;
  const existing = Array.from({ length: COUNT }, (_, at) => 1 + at + Math.floor(at / 50) * 1_000);
  const ranges = Array.from(
    { length: COUNT / 50 },
    (_, at) => `${existing[at * 50]}:${existing[at * 50 + 49]}`,
  );
  const open = await start(
    (command) => {
      if (/^(SELECT|EXAMINE)/.test(command)) return selected((existing.at(-1) ?? 0) + 1, COUNT);
      if (command.startsWith('UID SEARCH'))
        return `* ESEARCH (TAG "x") UID ALL ${ranges.join(',')}\r\n%T OK done\r\n`;
      const set = /^UID FETCH (\S+) /.exec(command)?.[1];
      if (set === undefined) return undefined;
      const [low, high] = [set.split(/[:,]/)[0], set.split(/[:,]/).at(-1)].map(Number) as [number, number];
      const uids = existing.filter((uid) => uid >= low && uid <= high);
      asked.push(uids);
      if (limited) return '%T NO [LIMIT] too much at once\r\n';
      skew.ms += slow.get(asked.length) ?? 0;
      return `${uids.map((uid) => row(uid)).join('')}%T OK done\r\n`;
    },
    { clock },
  );
  let checkpoint: Checkpoint | null = null;
  for await (const batch of open.connector.pull(
    { remoteKey: 'INBOX', plan: { kind: 'initial' }, checkpoint, knownUids: [], firstWindow: 200 },
    never,
  )) {
    if (batch.ok) checkpoint = batch.value.checkpoint;
    else expect(batch.failure).toMatchObject({ kind: 'throttled', serverText: 'too much at once' });
    limited = asked.length >= 8;
  }
  const sizes = asked.map((uids) => uids.length);
  expect(sizes.slice(0, 8)).toEqual([200, 1_000, 2_000, 4_000, 4_000, 5_000, 5_000, 2_500]);
  // Newest first, nothing twice, and no window without messages.
  expect(asked.slice(0, 8).flatMap((uids) => uids.toReversed())).toEqual(
    existing.toReversed().slice(0, 23_700),
  );
  limited = false;
  asked.length = 0;
  await pullAll(open.connector, { plan: { kind: 'backfill' }, checkpoint });
  expect(asked.slice(0, 2).map((uids) => uids.length)).toEqual([200, 1_000]);
  expect(asked.every((uids) => uids.length > 0)).toBe(true);
});

test.each([
  ['AUTHENTICATIONFAILED', 'auth'],
  ['AUTHORIZATIONFAILED', 'auth'],
  ['EXPIRED', 'auth'],
  ['CONTACTADMIN', 'auth'],
  ['UNAVAILABLE', 'offline'],
  ['INUSE', 'offline'],
  ['LIMIT', 'offline'],
  ['SERVERBUG', 'offline'],
  ['a plain drop', 'offline'],
])('SYNC-018 %s leads to %s, at the login and in the middle of the work', async (code, state) => {
  for (const refusing of [/^LOGIN/, /^LIST "" "\*"/]) {
    const server: ScriptedImapServer = await startScriptedImap((command) => {
      if (!refusing.test(command)) return undefined;
      if (code !== 'a plain drop') return `%T NO [${code}] these are my words\r\n`;
      server.close();
      return null;
    });
    const engine = await openTestEngine(() => connectTo(server));
    opened.push(server, engine);
    for (let tries = 0; tries < 400 && !['auth', 'offline'].includes(engine.account().state); tries++) {
      await delay(5);
      await engine.pass(0);
    }
    expect(engine.account().state).toBe(state);
    const { failure } = engine.account();
    if (code !== 'a plain drop') expect(failure?.serverText).toContain('these are my words');
    expect(engine.supervisor.status().needsSignIn).toEqual(state === 'auth' ? [engine.accountId] : []);
    const next = engine.supervisor.inspect(engine.accountId)?.nextAttemptInMs ?? 0;
    expect(next).toBeGreaterThan(state === 'auth' ? 30_000 : 500);
    expect(next).toBeLessThan(state === 'auth' ? 90_000 : 2_000);
  }
});

test('SYNC-131 a bound that is broken is told with its mailbox, the connection goes, the mailbox waits an hour, the others do not', async () => {
  let broken = true;
  let loginsThen = 0;
  const count = (pattern: RegExp): number =>
    server.commands.filter((command) => pattern.test(command)).length;
  const server: ScriptedImapServer = await startScriptedImap((command) => {
    if (broken && command.startsWith('EXAMINE') && command.includes('Archive')) {
      loginsThen = count(/^LOGIN/);
      return `* OK ${'x'.repeat(1_100_000)}`;
    }
    return oneMessage()(command);
  });
  const engine = await openTestEngine(() => connectTo(server));
  opened.push(server, engine);
  const minutes = async (many: number, until: () => boolean): Promise<void> => {
    for (let minute = 0; minute < many && !until(); minute++) {
      await engine.pass(60_000);
      await delay(15);
    }
  };
  await minutes(10, () => count(/^EXAMINE "?INBOX/) > 0 && count(/^EXAMINE "?Archive/) > 0);
  const examined = count(/^EXAMINE "?Archive/);
  const told = () =>
    engine.store.read
      .prepare("SELECT failure_json FROM sync_log WHERE mailbox = 'Archive' AND kind = 'pull'")
      .pluck()
      .all() as string[];
  await minutes(5, () => told().length > 0);
  expect(JSON.parse(told()[0] ?? '')).toMatchObject({
    kind: 'protocol',
    bound: 'line',
    message: expect.stringContaining('Archive'),
  });
  expect(engine.subjects('INBOX')).toEqual(['s1']);
  const lists = count(/^LIST/);
  await minutes(40, () => false);
  // One login more for the watch on the inbox, one to take the place of the connection that was dropped.
  expect(count(/^LOGIN/)).toBe(loginsThen + 2);
  expect(count(/^LIST/)).toBeGreaterThan(lists + 10);
  expect(count(/^EXAMINE "?Archive/)).toBe(examined);
  broken = false;
  await minutes(40, () => count(/^EXAMINE "?Archive/) > examined);
  expect(count(/^EXAMINE "?Archive/)).toBe(examined + 1);
});
