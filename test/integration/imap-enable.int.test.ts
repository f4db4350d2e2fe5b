/** What is switched on once after the login, and what follows from it (RFC 5161, RFC 7162, RFC 9755). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Keyword } from '../../src/shared/domain';
import { parseQuery } from '../../src/shared/search/parse-query';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { CHECKPOINT, OPENED, ROW, start } from './imap-scripted-support';
import { connectTo, mails, must, never, plainAccount, pullAll, pullFirst } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());

test('SYNC-031 a real server is told once after every login, and QRESYNC is used because it lists it', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', mails(20));
  const proxy = await startFlakyProxy(server.imapPort);
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  expect(must(await connector.connect('bulk', never))).toMatchObject({ qresync: true, condstore: true });
  const { last, knownUids } = await pullFirst(connector);
  await pullAll(connector, { plan: { kind: 'qresync' }, checkpoint: last.checkpoint, knownUids });
  must(await connector.connect('interactive', never));
  must(await connector.listMailboxes(never));
  const said = proxy.lines
    .filter(({ from }) => from === 'client')
    .map(({ line }) => line.slice(line.indexOf(' ') + 1));
  const logins = said.filter((line) => /^(AUTHENTICATE|LOGIN)/.test(line)).length;
  expect(logins).toBe(2);
  // This one offers no UTF8=ACCEPT, so nothing but QRESYNC is asked for.
  expect(said.filter((line) => line.startsWith('ENABLE'))).toEqual(['ENABLE QRESYNC', 'ENABLE QRESYNC']);
  for (const [at, line] of said.entries())
    if (line.startsWith('ENABLE'))
      expect(said.slice(0, at).some((earlier) => /^(AUTHENTICATE|LOGIN)/.test(earlier))).toBe(true);
  expect(said.filter((line) => /^EXAMINE .*\(QRESYNC/.test(line))).toHaveLength(1);
  await connector.close();
  await proxy.close();
});

/** Cyrus 3.6.1 after login, shortened to what concerns us, and its answer as recorded. */
const CYRUS =
  'IMAP4rev1 LITERAL+ ID ENABLE BINARY CHILDREN CONDSTORE CREATE-SPECIAL-USE ESEARCH LIST-EXTENDED LIST-STATUS MOVE NAMESPACE OBJECTID QRESYNC QUOTA SPECIAL-USE STATUS=SIZE UIDPLUS UNSELECT IDLE';

test.each([
  ['Cyrus', CYRUS, 'ENABLE QRESYNC', '* ENABLED CONDSTORE QRESYNC\r\n', true, true],
  ['one that advertises QRESYNC and enables nothing', CYRUS, 'ENABLE QRESYNC', '', false, true],
  ['one that enables only CONDSTORE', CYRUS, 'ENABLE QRESYNC', '* ENABLED CONDSTORE\r\n', false, true],
  ['one that refuses', CYRUS, 'ENABLE QRESYNC', 'NO', false, true],
  [
    'one with CONDSTORE alone',
    'IMAP4rev1 ENABLE CONDSTORE ESEARCH',
    'ENABLE CONDSTORE',
    '* ENABLED CONDSTORE\r\n',
    false,
    true,
  ],
  [
    'one with UTF8=ACCEPT too',
    'IMAP4rev1 ENABLE CONDSTORE QRESYNC UTF8=ACCEPT ESEARCH',
    'ENABLE QRESYNC UTF8=ACCEPT',
    '* ENABLED QRESYNC UTF8=ACCEPT\r\n',
    true,
    true,
  ],
  [
    'Gmail',
    'IMAP4rev1 ENABLE CONDSTORE ESEARCH UTF8=ACCEPT X-GM-EXT-1',
    'ENABLE CONDSTORE UTF8=ACCEPT',
    '* ENABLED CONDSTORE UTF8=ACCEPT\r\n',
    false,
    true,
  ],
  ['one without ENABLE', 'IMAP4rev1 CONDSTORE QRESYNC UTF8=ACCEPT', null, '', false, true],
] as const)(
  'SYNC-031 what is enabled is what counts: %s',
  async (_name, capabilities, asked, answer, qresync, condstore) => {
    const { connector, server: scripted } = await start(
      (command) => {
        if (command.startsWith('ENABLE'))
          return answer === 'NO' ? '%T NO not today\r\n' : `${answer}%T OK Completed\r\n`;
        if (/^(SELECT|EXAMINE)/.test(command)) return OPENED(11, 10, '* OK [HIGHESTMODSEQ 100] h\r\n');
        if (command.startsWith('UID')) return '%T OK done\r\n';
        return undefined;
      },
      { capabilities },
    );
    expect(must(await connector.connect('bulk', never))).toMatchObject({ qresync, condstore });
    // The planner never asks for it where it is not enabled; asked all the same, it is not sent.
    await pullAll(connector, { plan: { kind: 'qresync' }, checkpoint: CHECKPOINT, knownUids: [[1, 10]] });
    const { commands } = scripted;
    const enables = commands.filter((command) => command.startsWith('ENABLE'));
    expect(enables).toEqual(asked === null ? [] : [asked]);
    if (asked !== null)
      expect(commands.indexOf(asked)).toBeGreaterThan(
        commands.findIndex((command) => /^(LOGIN|AUTH)/.test(command)),
      );
    const examined = commands.filter((command) => command.startsWith('EXAMINE'));
    expect(examined).toEqual([
      qresync ? 'EXAMINE "INBOX" (QRESYNC (7 100 1:10))' : 'EXAMINE "INBOX" (CONDSTORE)',
    ]);
  },
);

test.each([true, false])(
  'names of mailboxes keep their keys whether UTF8=ACCEPT is enabled or not: %s',
  async (isUtf8) => {
    const wire = Buffer.from('Entwürfe/日本').toString('latin1');
    const name = isUtf8 ? `{${wire.length}}\r\n${wire}` : '"Entw&APw-rfe/&ZeVnLA-"';
    const heard: string[] = [];
    const { connector, server: scripted } = await start(
      (command) => {
        if (isUtf8 && command.startsWith('ENABLE')) return '* ENABLED UTF8=ACCEPT\r\n%T OK done\r\n';
        if (/^(LIST|LSUB)/.test(command))
          return `* LIST () "/" INBOX\r\n* LIST () "/" ${name}\r\n* LIST () "/" "Tom ${isUtf8 ? '&' : '&-'} Jerry"\r\n%T OK done\r\n`;
        if (/\{\d+\}$/.test(command)) return '+ go on\r\n';
        if (/^STATUS|Entw/.test(command)) {
          heard.push(command);
          const of = /^STATUS ("[^"]*")/.exec(command)?.[1];
          const status = `(MESSAGES 1 UNSEEN 0 UIDNEXT 2 UIDVALIDITY 7)\r\n%T OK done\r\n`;
          if (of) return `* STATUS ${of} ${status}`;
          return command.includes('MESSAGES') ? `* STATUS ${name} ${status}` : OPENED(2, 1);
        }
        if (/^(SELECT|EXAMINE)/.test(command)) return OPENED(2, 1);
        return /^(UID SEARCH|gr)/.test(command)
          ? '* ESEARCH (TAG "x") UID ALL 1\r\n%T OK done\r\n'
          : command.startsWith('UID FETCH')
            ? `${ROW(1)}%T OK done\r\n`
            : undefined;
      },
      { capabilities: 'IMAP4rev1 ENABLE ESEARCH UTF8=ACCEPT' },
    );
    const { mailboxes } = must(await connector.listMailboxes(never));
    expect(mailboxes.map(({ remoteKey, path, status }) => [remoteKey, path, status?.messages])).toEqual([
      ['INBOX', 'INBOX', 1],
      ['Entw&APw-rfe/&ZeVnLA-', 'Entwürfe/日本', 1],
      ['Tom &- Jerry', 'Tom & Jerry', 1],
    ]);
    const [batch] = await pullAll(connector, {
      remoteKey: 'Entw&APw-rfe/&ZeVnLA-',
      plan: { kind: 'initial' },
    });
    expect(batch?.added).toHaveLength(1);
    const { root: query } = parseQuery('größe', { typing: false });
    if (!query || !connector.search) throw new Error('nothing to search');
    must(await connector.search({ remoteKey: 'INBOX', query, nowMs: 0, knownUids: [[1, 1]] }, never));
    const search = scripted.commands.findLast((command) => command.startsWith('UID SEARCH')) ?? '';
    expect(search.includes('CHARSET')).toBe(!isUtf8);
    expect(scripted.commands).toContain(
      isUtf8 ? `EXAMINE {${wire.length}}` : 'EXAMINE "Entw&APw-rfe/&ZeVnLA-"',
    );
    expect(
      scripted.commands.some((command) => command.includes(isUtf8 ? '"Tom & Jerry"' : '"Tom &- Jerry"')),
    ).toBe(true);
  },
);

test('a header in UTF-8 is announced as such where that is enabled, any other message is filed as ever', async () => {
  const { connector, server: scripted } = await start(
    (command) => {
      if (command.startsWith('ENABLE')) return '* ENABLED UTF8=ACCEPT\r\n%T OK done\r\n';
      if (command.startsWith('STATUS'))
        return '* STATUS Drafts (MESSAGES 0 UNSEEN 0 UIDNEXT 2 UIDVALIDITY 7)\r\n%T OK done\r\n';
      if (/\{\d+\}$/.test(command)) return '+ go on\r\n';
      if (command.startsWith('Message-ID')) return '%T OK [APPENDUID 7 2] filed\r\n';
      return command.startsWith('Subject') ? '' : undefined;
    },
    { capabilities: 'IMAP4rev1 ENABLE UIDPLUS UTF8=ACCEPT' },
  );
  for (const subject of ['Grüße', 'Hello']) {
    const request = {
      remoteKey: 'Drafts',
      source: Buffer.from(`Subject: ${subject}\r\nMessage-ID: <a@b>`),
      messageId: '<a@b>',
      keywords: ['$seen'] as Keyword[],
      receivedAt: 0,
      draft: null,
      replaces: null,
    };
    const wire = must(await connector.prepareAppend(request, never));
    expect(must(await connector.append(request, wire, never))).toMatchObject({ uid: 2 });
  }
  expect(scripted.commands.filter((command) => command.startsWith('APPEND'))).toEqual(
    [
      'APPEND "Drafts" (\\Seen) "01-Jan-1970 00:00:00 +0000" UTF8 (~{35}',
      'APPEND "Drafts" (\\Seen) "01-Jan-1970 00:00:00 +0000" {33}',
    ].map((command) => expect.stringContaining(command)),
  );
});

test('an id of a mailbox that is none by its grammar is not taken: as recorded from Cyrus 3.6.1, whose bytes change every time', async () => {
  const { connector } = await start(
    (command) =>
      command.startsWith('LIST')
        ? '* LIST (\\Subscribed) "/" INBOX\r\n* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1795897883 MAILBOXID (\xc3\x81\xfcm|U) UNSEEN 0 SIZE 0 HIGHESTMODSEQ 1)\r\n* LIST () "/" Work\r\n* STATUS Work (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 3 MAILBOXID (pnaz3igbxiwwfe8qm7bwroar) UNSEEN 0)\r\n%T OK Completed (0.001 secs 6 calls)\r\n'
        : undefined,
    { capabilities: CYRUS },
  );
  const { mailboxes } = must(await connector.listMailboxes(never));
  expect(mailboxes.map(({ remoteId, status }) => [remoteId, status?.uidValidity])).toEqual([
    [null, '1795897883'],
    ['pnaz3igbxiwwfe8qm7bwroar', '3'],
  ]);
});
