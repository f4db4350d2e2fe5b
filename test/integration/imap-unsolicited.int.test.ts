/** What a server says without being asked, at any time (RFC 9051 7.5.2, SYNC-080). */
import { expect, test } from 'vitest';
import type { ImapScript } from '../fakes/scripted-imap-server';
import { CHECKPOINT, MODSEQ_CAPABILITIES, OPENED, ROW, start, until } from './imap-scripted-support';
import { must, never, pullAll } from './imap-support';

/** Sequence numbers that are UIDs of other messages here, unknown ones, rows without a UID and rows that are none. */
const NEWS = [
  '* 3 FETCH (FLAGS (\\Flagged))',
  '* 12 EXISTS',
  '* 1 EXPUNGE',
  '* 7 FETCH (UID 999999 FLAGS (\\Seen))',
  '* 2 FETCH (UID 5 FLAGS (\\Answered) MODSEQ (77))',
  '* 4294967295 EXPUNGE',
  '* VANISHED 400:500',
  '* 3 RECENT',
  '* FLAGS (\\Seen newword)',
  '* OK [HIGHESTMODSEQ 999999] not of a SELECT',
  '* 9 FETCH (UID x FLAGS',
  '* SEARCH 3 4',
  '* STATUS Elsewhere (MESSAGES 1 UIDNEXT 9 UIDVALIDITY 9)',
  '* LIST () "/" Surprise',
]
  .map((line) => `${line}\r\n`)
  .join('');

/** Ten messages, UIDs 101 to 110, of which the last two are new; nothing of it is said by sequence number. */
const mailbox =
  (between: string, commands: RegExp): ImapScript =>
  (command) => {
    const said = ordinary(command);
    return said && commands.test(command) ? said.replace(/(?=%T (OK|NO))/, between) : said;
  };

function ordinary(command: string): string | undefined {
  if (command.startsWith('ENABLE')) return '* ENABLED QRESYNC\r\n%T OK done\r\n';
  if (/^(SELECT|EXAMINE)/.test(command))
    return `* FLAGS (\\Seen)\r\n* OK [PERMANENTFLAGS (\\Seen \\Flagged \\*)] p\r\n* OK [HIGHESTMODSEQ 120] h\r\n${OPENED(111, 10).replace('READ-ONLY', 'READ-WRITE')}`;
  if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 109:110\r\n%T OK done\r\n';
  if (/^UID FETCH .*BODYSTRUCTURE/.test(command)) return `${ROW(109)}${ROW(110)}%T OK done\r\n`;
  if (/^UID FETCH .*BODY\.PEEK\[\]/.test(command))
    return '* 1 FETCH (UID 101 BODY[] {30}\r\nSubject: s\r\n\r\nText of this one)\r\n%T OK done\r\n';
  if (/^UID FETCH .*MESSAGE-ID/.test(command))
    return '* 1 FETCH (UID 101 RFC822.SIZE 100 BODY[HEADER.FIELDS (MESSAGE-ID DATE)] "")\r\n%T OK done\r\n';
  if (command.startsWith('UID STORE')) return '* 1 FETCH (UID 101 FLAGS (\\Flagged))\r\n%T OK done\r\n';
  if (command.startsWith('UID MOVE'))
    return '* OK [COPYUID 8 101 55] moved\r\n* VANISHED 101\r\n%T OK done\r\n';
  if (command.startsWith('STATUS'))
    return '* STATUS "Archive" (MESSAGES 3 UNSEEN 0 UIDNEXT 55 UIDVALIDITY 8)\r\n%T OK done\r\n';
  if (command.startsWith('LIST')) return '* LIST () "/" INBOX\r\n* LIST () "/" "Archive"\r\n%T OK done\r\n';
  if (command.startsWith('LSUB')) return '%T OK done\r\n';
  return undefined;
}

const CAPABILITIES = `${MODSEQ_CAPABILITIES} MOVE UNSELECT`;
const MESSAGE = { uidValidity: '7', uid: 101, identity: null };

/** Everything a connector is asked in a day, once. That a count in between is reason to compare does not matter here. */
async function day(script: ImapScript) {
  const { connector, server } = await start(script, { capabilities: CAPABILITIES });
  const checkpoint = { ...CHECKPOINT, uidNext: 109, doneRanges: [[1, 108]] as const };
  const batches = await pullAll(connector, {
    plan: { kind: 'qresync' },
    checkpoint,
    knownUids: [[101, 108]],
  });
  const bodies = [];
  const wanted = { uid: 101, size: 30, textSections: null };
  for await (const body of connector.fetchBodies(
    'bulk',
    { remoteKey: 'INBOX', uidValidity: '7', messages: [wanted], wholeBelowBytes: 1_000 },
    never,
  ))
    bodies.push(must(body));
  const flag = {
    kind: 'keywords',
    remoteKey: 'INBOX',
    messages: [MESSAGE],
    add: ['$flagged'],
    remove: [],
  } as const;
  const flagged = must(await connector.push(flag, { source: null, destination: null }, never));
  const move = { kind: 'move', remoteKey: 'INBOX', messages: [MESSAGE], toRemoteKey: 'Archive' } as const;
  const wire = must(await connector.preparePush(move, never));
  const moved = must(await connector.push(move, wire, never));
  const said = server.commands.filter(
    (command) => !/^(LOGIN|ID|NAMESPACE|ENABLE|CAPABILITY)|\(ALL\) ALL$/.test(command),
  );
  const facts = batches.map(({ added, flags, listing, checkpoint: to }) => ({ added, flags, listing, to }));
  return { facts, bodies, flagged, moved, said, vanished: batches.flatMap(({ vanished }) => vanished) };
}

test.each([
  ['SEARCH', /^UID SEARCH/],
  ['FETCH of headers', /^UID FETCH .*BODYSTRUCTURE/],
  ['FETCH of bodies', /^UID FETCH .*BODY\.PEEK\[\]/],
  ['STORE', /^UID STORE/],
  ['MOVE', /^UID MOVE/],
  ['STATUS', /^STATUS/],
  ['every command', /^(UID|STATUS|NOOP)/],
])(
  'SYNC-080 news between the lines of an answer change nothing of it, and no sequence number counts: %s',
  async (_name, commands) => {
    const quiet = await day(mailbox('', /^$/));
    const loud = await day(mailbox(NEWS, commands));
    const strip = ({ vanished: _vanished, ...rest }: typeof quiet) =>
      JSON.parse(JSON.stringify(rest)) as unknown;
    expect(strip(loud)).toEqual(strip(quiet));
    // What the server said is gone is known by UID, and only that.
    for (const range of loud.vanished) expect(range).toEqual([400, 500]);
  },
);

test('SYNC-080 news that a working connection hears make the account look, seldom, and so do those between commands', async () => {
  let news = '';
  const { connector, server } = await start(
    (command) => {
      const said = ordinary(command);
      return command.startsWith('UID FETCH') ? said?.replace(/(?=%T OK)/, news) : said;
    },
    { capabilities: CAPABILITIES },
  );
  const stop = new AbortController();
  let dirty = 0;
  const watching = (async () => {
    for await (const event of connector.watch('INBOX', stop.signal)) if (event.kind === 'dirty') dirty += 1;
  })();
  await until(() => dirty === 1);
  const look = async () => {
    for await (const _body of connector.fetchBodies(
      'bulk',
      {
        remoteKey: 'INBOX',
        uidValidity: '7',
        messages: [{ uid: 101, size: 30, textSections: null }],
        wholeBelowBytes: 1_000,
      },
      never,
    ));
  };
  // The same count again, and what we asked for, are no news.
  news = '* 10 EXISTS\r\n* 1 FETCH (UID 101 FLAGS ())\r\n* OK still here\r\n';
  await look();
  expect(dirty).toBe(1);
  news = '* 11 EXISTS\r\n';
  await look();
  await until(() => dirty === 2);
  // Again within seconds: later.
  news = '* 12 EXISTS\r\n* 13 EXISTS\r\n';
  await look();
  expect(dirty).toBe(2);
  stop.abort();
  await watching;
  expect(server.commands.filter((command) => command.startsWith('IDLE'))).toHaveLength(1);
});
