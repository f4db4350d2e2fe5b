import type { Topic } from '../../shared/contract/events';

/**
 * Collects the topics of notices and hands them over once per frame, so that a sync that reports many small changes
 * does not ask the same question many times between two pictures.
 */
export function collectTopics(
  nextFrame: (run: () => void) => void,
  flush: (topics: ReadonlySet<Topic>) => void,
): (topics: readonly Topic[]) => void {
  let waiting: Set<Topic> | null = null;
  return (topics) => {
    if (topics.length === 0) return;
    if (waiting) {
      for (const topic of topics) waiting.add(topic);
      return;
    }
    waiting = new Set(topics);
    nextFrame(() => {
      const due = waiting;
      waiting = null;
      if (due) flush(due);
    });
  };
}
