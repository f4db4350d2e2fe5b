import { useEffect } from 'react';
import { call } from '../transport/call';
import type { ListController } from './list-controller';

/** Scrolling must have stopped this long. */
const REST_MS = 400;
const MAX_MESSAGES = 50;

/**
 * Tells the engine what is on screen once it has come to rest, so that those bodies are fetched first, and whether the
 * window can be seen at all.
 */
export function useLooking(list: ListController, first: number, last: number, loaded: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range decides what is on screen, not what is sent.
  useEffect(() => {
    const tell = () => {
      const messageIds = list
        .idsOnScreen()
        .slice(0, MAX_MESSAGES)
        .flatMap((id) => list.rowOf(id)?.messageId ?? []);
      const { listId } = list.snapshot().query;
      void call('sync.looking', { listId, messageIds, visible: !document.hidden });
    };
    const timer = setTimeout(tell, REST_MS);
    document.addEventListener('visibilitychange', tell);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [list, first, last, loaded]);
}
