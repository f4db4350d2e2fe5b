import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { tnef } from '../../../test/fixtures/tnef';
import { METHODS } from '../../shared/contract/methods';
import type { PreviewView } from '../../shared/contract/preview-views';
import type { MessageId } from '../../shared/domain';
import { bodyFacts } from '../mime/observe-source';
import { parseMessage } from '../mime/parse-message';
import { openReader } from '../store/open-store';
import { storeBodies } from '../store/write/store-bodies';
import { createQueryHandlers } from './query-handlers';
import { createContentReader } from './read-content';

let opened: TestStore;
let reader: ReturnType<typeof openReader>;
beforeEach(() => {
  opened = openTestStore();
  reader = openReader(opened.store.path);
});
afterEach(() => {
  reader.close();
  opened.remove();
});

interface File {
  readonly name: string;
  readonly type?: string;
  readonly content: string | Buffer;
}

function mime(files: readonly File[]): Buffer {
  const parts = files.map(({ name, type = 'application/octet-stream', content }) =>
    [
      '--b',
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(content as string).toString('base64'),
    ].join('\r\n'),
  );
  const head = ['Subject: Outer', 'From: Ann <ann@example.org>', 'Content-Type: multipart/mixed; boundary=b'];
  return Buffer.from([...head, '', '--b', '', 'Text', ...parts, '--b--', ''].join('\r\n'));
}

function store(source: Buffer): MessageId {
  const account = addAccount(opened.store);
  const [id] = observe(opened.store, account.inbox, { insert: [observed(1, { identity: 'i' })] }).added as [
    MessageId,
  ];
  opened.store.writeTx('server', (tx) =>
    storeBodies(tx, [{ messageId: id, body: bodyFacts(parseMessage(source), source) }]),
  );
  return id;
}

/** Looks at the attachment at the end of the way, and holds the answer against the contract. */
async function look(source: Buffer, ...way: number[]): Promise<PreviewView> {
  const messageId = store(source);
  const handlers = createQueryHandlers(reader, opened.clock);
  const answer = await handlers['attachments.preview']({
    messageId,
    index: way.at(-1) ?? 0,
    inside: way.slice(0, -1),
  });
  if (!answer.ok) throw new Error('problems are answers too');
  expect(JSON.stringify(answer.value).length).toBeLessThan(1_000_000);
  return METHODS['attachments.preview'].output.parse(answer.value);
}

test.each([
  ['note.md', 'text/markdown', 'Gr\u00fc\u00dfe', { kind: 'text', text: 'Grüße', truncated: false }],
  ['a.csv', '', 'x,y\n1,2', { kind: 'table', truncated: false }],
  ['a.ics', '', 'BEGIN:VEVENT\r\nSUMMARY:S\r\nEND:VEVENT', { kind: 'calendar' }],
  ['a.vcf', '', 'BEGIN:VCARD\r\nFN:A\r\nEND:VCARD', { kind: 'contacts' }],
  ['long.txt', '', 'x'.repeat(6_000_000), { kind: 'text', truncated: true }],
  ['a.exe', 'text/plain', 'MZ', { kind: 'problem', problem: 'no-preview' }],
  ['a.txt.scr', 'text/plain', 'MZ', { kind: 'problem', problem: 'no-preview' }],
  ['a.bin', '', 'x', { kind: 'problem', problem: 'no-preview' }],
  ['a.ics', '', '\0\0', { kind: 'problem', problem: 'broken' }],
  ['a.csv', '', '', { kind: 'problem', problem: 'broken' }],
])('%s (%s) answers what it holds or why not', async (name, type, content, expected) => {
  expect(await look(mime([{ name, content, ...(type === '' ? {} : { type }) }]), 0)).toMatchObject(expected);
});

test('a message in a message in an envelope is followed step by step, its pictures and files are found', async () => {
  const innermost = mime([{ name: 'deep.txt', content: 'At the bottom' }]);
  const envelope = tnef({
    body: 'Wrapped',
    files: [{ name: 'inner.eml', content: innermost, type: 'message/rfc822' }],
  });
  const inner = mime([{ name: 'winmail.dat', type: 'application/ms-tnef', content: envelope }]);
  const source = mime([{ name: 'first.eml', type: 'message/rfc822', content: inner }]);
  expect(await look(source, 0)).toMatchObject({
    kind: 'message',
    message: { subject: 'Outer', from: [{ address: 'ann@example.org' }], attachments: [{}, { index: 1 }] },
  });
  const read = createContentReader(reader);
  const bytes = (index: number, inside: number[]) => {
    const found = read(1 as MessageId, { kind: 'attachment', index, inside });
    return found.ok ? Buffer.from(found.value.bytes).toString() : found.failure.kind;
  };
  expect(bytes(0, [0, 1])).toBe('At the bottom');
  expect(bytes(0, [0, 0, 0])).toBe('At the bottom');
  expect([bytes(7, [0]), bytes(0, [0, 9]), bytes(0, [0, 1, 0, 0, 0])]).toEqual(Array(3).fill('not-found'));
});

test('a message that claims everything and nests without end stays within one answer', async () => {
  const people = Array.from({ length: 3000 }, (_, at) => `P${at} <p${at}@example.org>`).join(', ');
  const names = Array.from({ length: 900 }, (_, at) => ({
    name: `${'n'.repeat(200)}${at}.txt`,
    content: 'x',
  }));
  const huge = Buffer.concat([Buffer.from(`To: ${people}\r\n`), mime(names)]);
  expect(await look(mime([{ name: 'huge.eml', content: huge }]), 0)).toMatchObject({
    kind: 'message',
    message: { to: { length: 50 }, attachments: { length: 300 } },
  });
});

test('ten thousand messages, each inside the one before, are opened one level at a time', async () => {
  const wrapper = 'Subject: S\r\nContent-Type: message/rfc822\r\n\r\n';
  const source = Buffer.from(`${wrapper.repeat(10_000)}Subject: Last\r\n\r\nEnd`);
  expect(await look(source, 0, 0, 0)).toMatchObject({ kind: 'message' });
});
