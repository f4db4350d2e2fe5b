import { useEffect } from 'react';
import { call } from '../transport/call';
import type { ListController } from './list-controller';

/** Scrolling must have stopped this long. */
const REST_MS = 400;
const MAX_MESSAGES = 50;

/** Tells the engine what is on screen once it has come to rest, so that those bodies are fetched first. */
export function useLooking(list: ListController, first: number, last: number, loaded: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range decides what is on screen, not what is sent.
  useEffect(() => {
    const timer = setTimeout(() => {
      const messageIds = list
        .idsOnScreen()
        .slice(0, MAX_MESSAGES)
        .flatMap((id) => list.rowOf(id)?.messageId ?? []);
      void call('sync.looking', { listId: list.snapshot().query.listId, messageIds });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [list, first, last, loaded]);
}
