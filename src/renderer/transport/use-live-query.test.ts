import { QueryClientProvider, QueryObserver } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../shared/contract/bridge';
import { ThreadId } from '../../shared/domain';
import { setCallBridge } from './call';
import { queryClient, refreshEverything, refreshMissed, refreshTopics } from './query-client';
import { type LiveQuery, liveQuery, useLiveQuery } from './use-live-query';

/** Questions the host was asked, in order; each waits for the test's answer. */
let asked: { input: unknown; answer(reply: Reply): void }[] = [];
const ends: (() => void)[] = [];
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  asked = [];
  setCallBridge({
    call: (_method, input) => new Promise((answer) => asked.push({ input, answer: answer as never })),
  });
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  queryClient.clear();
});

async function answer(value: unknown, at = asked.length - 1): Promise<void> {
  asked[at]?.answer({ ok: true, value });
  await settled();
}
async function refuse(message: string): Promise<void> {
  asked.at(-1)?.answer({ ok: false, failure: { kind: 'internal', message } });
  await settled();
}

const SENDERS = liveQuery('remoteContent.list', {}, ['accounts']);

/** What a component does that shows the question, without a screen: every state it would be drawn with. */
function watch(query = SENDERS) {
  const seen: unknown[] = [];
  const observer = new QueryObserver(queryClient, query);
  const end = observer.subscribe(({ data, error }) => seen.push(error ? `failed: ${error.message}` : data));
  ends.push(end);
  return { seen, end, now: () => observer.getCurrentResult().data };
}

test('UI-093 live query: asked when it is first shown, and again when a notice names one of its topics', async () => {
  const shown = watch();
  await answer(['a@b.example']);
  expect(shown.now()).toEqual(['a@b.example']);
  refreshTopics(new Set(['lists', 'mailboxes']));
  await settled();
  expect(asked).toHaveLength(1);
  refreshTopics(new Set(['lists', 'accounts']));
  await settled();
  expect(asked).toHaveLength(2);
  // Until the new answer is here the old one stays on screen.
  expect(shown.now()).toEqual(['a@b.example']);
  await answer(['a@b.example', 'c@d.example']);
  expect(shown.now()).toHaveLength(2);
});

test('UI-093 live query: two that show the same ask once and share the answer', async () => {
  const one = watch();
  const other = watch(liveQuery('remoteContent.list', {}, ['accounts']));
  await settled();
  expect(asked).toHaveLength(1);
  await answer(['a@b.example']);
  expect([one.now(), other.now()]).toEqual([['a@b.example'], ['a@b.example']]);
  refreshTopics(new Set(['accounts']));
  await settled();
  expect(asked).toHaveLength(2);
});

test('UI-093 live query: who is gone hears nothing more, and what nobody shows is asked only when it is shown again', async () => {
  const shown = watch();
  await answer(['a@b.example']);
  shown.end();
  const drawn = shown.seen.length;
  refreshTopics(new Set(['accounts']));
  await settled();
  expect(asked).toHaveLength(1);
  const again = watch();
  // What was known is there at once, and it is known to be old.
  expect(again.now()).toEqual(['a@b.example']);
  await settled();
  expect(asked).toHaveLength(2);
  await answer(['c@d.example']);
  expect(again.now()).toEqual(['c@d.example']);
  expect(shown.seen).toHaveLength(drawn);
});

test('UI-093 live query: an answer that comes after its component is gone draws nothing', async () => {
  const shown = watch();
  shown.end();
  const drawn = shown.seen.length;
  await answer(['late@b.example']);
  expect(shown.seen).toHaveLength(drawn);
});

test('UI-093 live query: a notice while it is asked for the first time has it asked once more, for that answer may be older', async () => {
  const shown = watch();
  refreshTopics(new Set(['accounts']));
  refreshTopics(new Set(['accounts']));
  await settled();
  await answer(['old@b.example'], 0);
  expect(asked).toHaveLength(2);
  await answer(['new@b.example'], 1);
  expect(shown.now()).toEqual(['new@b.example']);
  await settled();
  expect(asked).toHaveLength(2);
});

test('UI-093 live query: a notice while it is asked again makes the answer that is on its way nobody’s', async () => {
  const shown = watch();
  await answer(['first@b.example']);
  refreshTopics(new Set(['accounts']));
  refreshTopics(new Set(['accounts']));
  await settled();
  expect(asked).toHaveLength(3);
  await answer(['new@b.example'], 2);
  await answer(['old@b.example'], 1);
  expect(shown.now()).toEqual(['new@b.example']);
  expect(shown.seen).not.toContainEqual(['old@b.example']);
});

test('UI-093 live query: a failure is told and asked again after a gap; the answer before it stays', async () => {
  const shown = watch();
  await answer(['a@b.example']);
  refreshTopics(new Set(['accounts']));
  await settled();
  await refuse('No answer.');
  expect(shown.seen.at(-1)).toBe('failed: No answer.');
  expect(shown.now()).toEqual(['a@b.example']);
  refreshMissed(new Set(), false);
  await settled();
  await answer(['c@d.example']);
  expect(shown.now()).toEqual(['c@d.example']);
});

test('UI-093 live query: after a gap just what was missed is asked again, conversations by one word for all of them', async () => {
  const threadId = ThreadId.parse(4);
  watch();
  watch(liveQuery('threads.get', { threadId, listId: null }, [`thread:${threadId}`]) as never);
  await answer(['a@b.example'], 0);
  await answer(null, 1);
  refreshMissed(new Set(['pending']), false);
  await settled();
  expect(asked).toHaveLength(2);
  refreshMissed(new Set(), true);
  await settled();
  expect(asked.slice(2).map(({ input }) => input)).toEqual([{ threadId: 4, listId: null }]);
  await answer(null);
  refreshEverything();
  await settled();
  expect(asked).toHaveLength(5);
});

/** What the hook gives a component that is drawn now. */
function drawn(options?: Parameters<typeof useLiveQuery>[3]): LiveQuery<string[]> {
  let result: LiveQuery<string[]> | undefined;
  function Shown() {
    result = useLiveQuery('remoteContent.list', {}, ['accounts'], options);
    return null;
  }
  renderToStaticMarkup(createElement(QueryClientProvider, { client: queryClient }, createElement(Shown)));
  if (!result) throw new Error('nothing was drawn');
  return result;
}

test('UI-093 live query: a component sees that it waits, what is known, and what went wrong beside what is known', async () => {
  expect(drawn()).toEqual({ data: undefined, failure: null, pending: true, previous: false });
  watch();
  await answer(['a@b.example']);
  expect(drawn()).toEqual({ data: ['a@b.example'], failure: null, pending: false, previous: false });
  refreshTopics(new Set(['accounts']));
  await settled();
  await refuse('No answer.');
  expect(drawn()).toEqual({
    data: ['a@b.example'],
    failure: { kind: 'internal', message: 'No answer.' },
    pending: false,
    previous: false,
  });
});

test('UI-093 live query: one that is not wanted yet asks nothing', async () => {
  watch({ ...SENDERS, enabled: false } as never);
  await settled();
  expect(asked).toEqual([]);
});
