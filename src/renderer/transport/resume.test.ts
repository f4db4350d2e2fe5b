import { expect, test } from 'vitest';
import type { MethodOutput } from '../../shared/contract/methods';
import { Seq } from '../../shared/domain';
import { fail, ok } from '../../shared/outcome';
import { createResumption } from './resume';

type Missed = MethodOutput<'changes.missed'>;
const seq = (value: number): Seq => Seq.parse(value);

/** A window whose host answers what the test says. */
function setUp() {
  const asked: (number | null)[] = [];
  const done: unknown[] = [];
  const host = { answer: null as Missed | null };
  const resumption = createResumption({
    ask: async (since) => {
      asked.push(since);
      return host.answer ? ok(host.answer) : fail({ kind: 'internal', message: 'x' });
    },
    refresh: (at, topics, conversations) => done.push([at, [...topics], conversations]),
    refreshEverything: () => done.push('everything'),
  });
  return { resumption, asked, done, host };
}

test('the first connection learns its position and asks nothing twice; after a gap just what changed is asked again', async () => {
  const { resumption, asked, done, host } = setUp();
  host.answer = { kind: 'everything', seq: seq(10) };
  await resumption.connected();
  expect(done).toEqual([]);
  resumption.reached(seq(14));
  resumption.reached(seq(12));
  host.answer = { kind: 'topics', seq: seq(20), topics: ['list:3', 'lists'], conversations: true };
  await resumption.connected();
  host.answer = { kind: 'topics', seq: seq(20), topics: [], conversations: false };
  await resumption.connected();
  expect(asked).toEqual([null, 14, 20]);
  expect(done).toEqual([
    [20, ['list:3', 'lists'], true],
    [20, [], false],
  ]);
});

test('a host that no longer knows, or whose database was restored, has everything asked again', async () => {
  const { resumption, asked, done, host } = setUp();
  host.answer = { kind: 'everything', seq: seq(1_000) };
  await resumption.connected();
  host.answer = { kind: 'everything', seq: seq(7) };
  await resumption.connected();
  expect(done).toEqual(['everything']);
  host.answer = { kind: 'topics', seq: seq(8), topics: [], conversations: false };
  await resumption.connected();
  expect(asked).toEqual([null, 1_000, 7]);
});

test('when the question itself fails everything is asked again, and next time from the same place', async () => {
  const { resumption, asked, done, host } = setUp();
  resumption.reached(seq(5));
  await resumption.connected();
  expect(done).toEqual(['everything']);
  host.answer = { kind: 'topics', seq: seq(6), topics: ['pending'], conversations: false };
  await resumption.connected();
  expect(asked).toEqual([5, 5]);
  expect(done.at(-1)).toEqual([6, ['pending'], false]);
});
