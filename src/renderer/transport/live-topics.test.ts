import { expect, test } from 'vitest';
import { collectTopics } from './live-topics';

test('topics of many notices are handed over once per frame', () => {
  const frames: (() => void)[] = [];
  const flushed: string[][] = [];
  const collect = collectTopics(
    (run) => frames.push(run),
    (topics) => flushed.push([...topics]),
  );
  collect(['lists', 'list:-1']);
  collect(['lists', 'thread:4']);
  collect([]);
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(flushed).toEqual([['lists', 'list:-1', 'thread:4']]);
  collect(['lists']);
  expect(frames).toHaveLength(2);
});
