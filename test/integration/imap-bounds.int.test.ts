/** Everything a server may say has a bound with a name (SYNC-130); what happens beyond it. */
import { expect, test } from 'vitest';
import * as limits from '../../src/sync/connectors/imap/limits';
import * as mimeLimits from '../../src/sync/mime/limits';
import { factsOf } from '../fakes/unpack';
import { OPENED, start } from './imap-scripted-support';
import { must, never, pullAll } from './imap-support';

const MB = 1024 * 1024;

/** What a mailbox with one message says; `row` is what FETCH gives. */
function one(row: string, select = ''): (command: string) => string | undefined {
  return (command) => {
    if (/^(EXAMINE|SELECT)/.test(command)) return `${select}${OPENED(2, 1)}`;
    if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1\r\n%T OK done\r\n';
    return command.startsWith('UID FETCH') ? row : undefined;
  };
}
const ROW = (more: { flags?: string; structure?: string; header?: string }): string => {
  const header = more.header ?? 'Subject: s\r\n';
  return `* 1 FETCH (UID 1 FLAGS (${more.flags ?? ''}) INTERNALDATE "20-Nov-2026 10:00:00 +0000" RFC822.SIZE 100 BODYSTRUCTURE ${more.structure ?? '("text" "plain" NIL NIL NIL "7bit" 10 1)'} BODY[HEADER.FIELDS (SUBJECT)] {${header.length}}\r\n${header})\r\n%T OK done\r\n`;
};

test('SYNC-130 the bounds have names and these values', () => {
  expect(limits).toMatchObject({
    MAX_LINE_BYTES: 1_000_000,
    MAX_LITERAL_BYTES: 64 * MB,
    MAX_RESPONSE_BYTES: 80 * MB,
    RANGE_BYTES: MB,
    MAX_MAILBOXES: 10_000,
    MAX_FLAGS: 100,
    MAX_KEYWORDS: 500,
    MAX_HEADER_BYTES: 256 * 1024,
    MAX_NESTING: 50,
    MAX_PARTS: 1_000,
  });
  expect(mimeLimits).toMatchObject({ MAX_REFERENCES: 100, MAX_HEADER_BLOCK_BYTES: 256 * 1024 });
});

test.each([
  ['line', one(`* 1 FETCH (UID 1 FLAGS (${'x'.repeat(1_000_001)}`)],
  ['literal', one(`* 1 FETCH (UID 1 BODY[HEADER.FIELDS (SUBJECT)] {${64 * MB + 1}}\r\n`)],
  [
    'response',
    one(`* 1 FETCH (UID 1 BODY[1] {${60 * MB}}\r\n${'x'.repeat(60 * MB)} BODY[2] {${21 * MB}}\r\n`),
  ],
  [
    'keywords',
    one(
      '%T OK done\r\n',
      `* FLAGS (\\Seen ${Array.from({ length: 501 }, (_, at) => `k${at}`).join(' ')})\r\n`,
    ),
  ],
])(
  'SYNC-130 a server that goes over the bound "%s" is left, and the failure names it',
  async (bound, script) => {
    const { connector } = await start(script);
    must(await connector.connect('bulk', never));
    const pulled = connector.pull(
      { remoteKey: 'INBOX', plan: { kind: 'initial' }, checkpoint: null, knownUids: [], firstWindow: 1 },
      never,
    );
    let last: unknown;
    for await (const batch of pulled) last = batch;
    expect(last).toMatchObject({ ok: false, failure: { kind: 'protocol', bound } });
    expect(connector.connections()).toEqual([]);
  },
);

test('SYNC-130 a mailbox may have 500 keywords, a listing 10,000 mailboxes and not one more', async () => {
  const words = Array.from({ length: 500 }, (_, at) => `k${at}`).join(' ');
  const full = await start(one(ROW({}), `* FLAGS (\\Seen \\Flagged ${words})\r\n`));
  expect((await pullAll(full.connector, { plan: { kind: 'initial' } }))[0]?.added).toHaveLength(1);
  const listing = (count: number) => (command: string) => {
    if (command.startsWith('LIST "" "*"'))
      return `${Array.from({ length: count }, (_, at) => `* LIST (\\Noselect) "/" m${at}\r\n`).join('')}%T OK done\r\n`;
    return command.startsWith('LSUB') ? '%T OK done\r\n' : undefined;
  };
  const many = await start(listing(10_000));
  expect(must(await many.connector.listMailboxes(never)).mailboxes).toHaveLength(10_000);
  const tooMany = await start(listing(10_001));
  expect(await tooMany.connector.listMailboxes(never)).toMatchObject({
    ok: false,
    failure: { kind: 'protocol', bound: 'mailboxes' },
  });
});

test('SYNC-130 of one message: 100 flags, a header of 256 KB, 100 references, 50 levels and 1,000 parts', async () => {
  const facts = async (row: string) => {
    const { connector } = await start(one(row));
    const [batch] = await pullAll(connector, { plan: { kind: 'initial' } });
    await connector.close();
    return factsOf(batch?.added[0]);
  };
  const flags = Array.from({ length: 150 }, (_, at) => `word${at}`).join(' ');
  expect((await facts(ROW({ flags }))).keywords).toHaveLength(100);

  const filler = `X-Filler: ${'y'.repeat(70)}\r\n`.repeat(4_000);
  const long = await facts(ROW({ header: `Subject: kept\r\n${filler}From: late@example.org\r\n` }));
  expect(long.headers.subject).toBe('kept');
  expect(long.headers.from).toEqual([]);

  const ids = Array.from({ length: 150 }, (_, at) => `<r${at}@example.org>`);
  const { headers } = await facts(ROW({ header: `Subject: s\r\nReferences: ${ids.join('\r\n ')}\r\n` }));
  expect(headers.references).toHaveLength(100);
  expect(headers.references.map((id) => id.replace(/[<>]/g, ''))).toEqual(
    [ids[0], ...ids.slice(-99)].map((id) => id?.replace(/[<>]/g, '')),
  );

  const file = '("application" "pdf" ("name" "a.pdf") NIL NIL "base64" 100 NIL ("attachment" NIL))';
  const wide = await facts(ROW({ structure: `(${file.repeat(1_200)} "mixed")` }));
  expect(wide.parts).toHaveLength(1_000);
  const nested = (levels: number) => `${'('.repeat(levels)}${file}${' "mixed")'.repeat(levels)}`;
  expect((await facts(ROW({ structure: nested(40) }))).parts).toHaveLength(1);
  expect((await facts(ROW({ structure: nested(10_000) }))).parts).toHaveLength(0);
});

test('SYNC-130 what is larger than a literal may be comes in ranges of 1 MB', async () => {
  const size = 2 * MB + 100;
  const { connector, server } = await start((command) => {
    if (command.startsWith('EXAMINE')) return OPENED(2, 1);
    const [, from = 0, length = 0] = (/BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(command) ?? []).map(Number);
    const given = Math.min(length, size - from);
    return command.startsWith('UID FETCH')
      ? `* 1 FETCH (UID 1 BODY[]<${from}> {${given}}\r\n${'x'.repeat(given)})\r\n%T OK done\r\n`
      : undefined;
  });
  const source = must(
    await connector.fetchSource('INBOX', { uidValidity: '7', uid: 1, identity: null }, never),
  );
  expect(source?.size).toBe(size);
  expect(server.commands.filter((command) => command.startsWith('UID FETCH'))).toEqual(
    [0, MB, 2 * MB].map((from) => `UID FETCH 1 (UID BODY.PEEK[]<${from}.${MB}>)`),
  );
});
