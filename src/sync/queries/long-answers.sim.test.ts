import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import { MAX_MESSAGE_BYTES, METHODS } from '../../shared/contract/methods';
import type { ListId, MessageId } from '../../shared/domain';
import { bodyFacts } from '../mime/observe-source';
import { parseMessage } from '../mime/parse-message';
import { openReader } from '../store/open-store';
import { storeBodies } from '../store/write/store-bodies';
import { cutToBytes } from './answer-size';
import { createQueryHandlers, type QueryHandlers } from './query-handlers';
import { createContentReader } from './read-content';

let opened: TestStore;
let account: TestAccount;
let handlers: QueryHandlers;
let reader: ReturnType<typeof openReader>;
beforeEach(() => {
  opened = openTestStore();
  account = addAccount(opened.store);
  reader = openReader(opened.store.path);
  handlers = createQueryHandlers(reader, opened.clock);
});
afterEach(() => {
  reader.close();
  opened.remove();
});

const CROWD = Array.from({ length: 2000 }, (_, at) => ({
  name: `Person ${at}`,
  address: `p${at}@example.org`,
}));

function conversation(count: number, to = CROWD.slice(0, 3)): MessageId[] {
  const { added } = observe(opened.store, account.inbox, {
    insert: Array.from({ length: count }, (_, at) =>
      observed(at + 1, {
        identity: `i${at}`,
        receivedAt: 1_000_000 + at,
        keywords: at === 7 ? ['harbour'] : [],
        headers: {
          subject: 'Long',
          to,
          messageId: `m${at}@x`,
          references: at === 0 ? [] : ['m0@x', `m${at - 1}@x`],
        },
      }),
    ),
  });
  return added as MessageId[];
}

async function thread(id: MessageId, page?: { from: number; count: number }) {
  const message = await handlers['messages.get']({ messageId: id });
  if (!message.ok || message.value === null) throw new Error('it was stored');
  const listId = account.inbox as number as ListId;
  const answer = await handlers['threads.get']({ threadId: message.value.threadId, listId, page });
  if (!answer.ok) throw new Error('it answers');
  expect(Buffer.byteLength(JSON.stringify(answer.value))).toBeLessThan(MAX_MESSAGE_BYTES);
  return METHODS['threads.get'].output.parse(answer.value);
}

test('of a conversation of 2,000 messages the ends come at once and the middle in pages', async () => {
  const ids = conversation(2000);
  const [first = 0 as MessageId] = ids;
  const ends = await thread(first);
  expect(ends?.messages.map(({ id }) => id)).toEqual([first, ...ids.slice(-5)]);
  expect(ends).toMatchObject({ hidden: { from: 1, to: 1995 }, labels: ['harbour'] });
  const page = await thread(first, { from: 1951, count: 50 });
  expect(page?.messages.map(({ id }) => id)).toEqual(ids.slice(1951, 2001));
  expect(page?.hidden).toEqual({ from: 0, to: 0 });
});

test('a crowd of recipients on every message does not make an answer no window may get', async () => {
  const [first = 0 as MessageId] = conversation(30, CROWD);
  const whole = await thread(first);
  expect(whole?.messages).toHaveLength(30);
  expect(whole?.messages[0]?.to.length).toBeLessThan(CROWD.length);
  const alone = await handlers['messages.get']({ messageId: first });
  expect(alone.ok && alone.value?.to).toHaveLength(CROWD.length);
});

test.each([
  ['HTML', 'text/html', '<p>語</p>'.repeat(1_000_000)],
  ['text', 'text/plain', '語 words\r\n'.repeat(1_000_000)],
])('a huge %s is answered with its beginning, and says so', async (_name, type, body) => {
  const names = Array.from({ length: 900 }, (_, at) => `語${'n'.repeat(200)}${at}.txt`);
  const parts = names.map((name) => `--b\r\nContent-Type: text/x-log; name="${name}"\r\n\r\nx\r\n`);
  const source = Buffer.from(
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n${parts.join('')}--b--\r\n`,
  );
  const [id = 0 as MessageId] = conversation(1);
  opened.store.writeTx('server', (tx) =>
    storeBodies(tx, [{ messageId: id, body: bodyFacts(parseMessage(source), source) }]),
  );
  const answer = await handlers['messages.body']({ messageId: id, charset: null });
  if (!answer.ok || answer.value === null) throw new Error('it was stored');
  expect(Buffer.byteLength(JSON.stringify(answer.value))).toBeLessThan(MAX_MESSAGE_BYTES);
  expect(answer.value).toMatchObject({ truncated: true, moreHere: true, attachments: { length: 900 } });
  expect(answer.value.attachments[899]?.filename).toMatch(/…n+899\.txt$/);
  expect((answer.value.html ?? answer.value.segments[0]?.text)?.slice(0, 100)).toBe(
    (type === 'text/html' ? body : body.replaceAll('\r', '')).slice(0, 100),
  );

  // The rest is one fetch away, as data and never as a page.
  const as = type === 'text/html' ? 'html' : 'text';
  const rest = createContentReader(opened.store.read)(id, { kind: 'body', as, charset: null });
  if (!rest.ok) throw new Error('it was stored');
  expect(rest.value.mediaType).toBe('text/plain');
  const whole = Buffer.from(rest.value.bytes).toString();
  expect(whole.trimEnd().length).toBe((as === 'html' ? body : body.replaceAll('\r', '')).trimEnd().length);
});

test('a text is cut between characters', () => {
  expect(cutToBytes('語語語', 7)).toBe('語語');
  expect(cutToBytes('abc', 2)).toBe('ab');
  expect(cutToBytes('abc', 20)).toBe('abc');
  expect(cutToBytes('😀😀', 5)).toBe('😀');
});
