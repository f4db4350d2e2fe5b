import { useEffect } from 'react';
import type { ListId, MessageId } from '../../shared/domain';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';
import type { ListController } from './list-controller';

/** Scrolling must have stopped this long. */
const REST_MS = 400;
const MAX_MESSAGES = 50;

/**
 * Tells the engine what is on screen once it has come to rest, so that those bodies are fetched first, and whether the
 * window can be seen at all.
 */
export function useLooking(list: ListController, first: number, last: number, loaded: boolean): void {
  const looking = () => ({
    listId: list.snapshot().query.listId,
    messageIds: list
      .idsOnScreen()
      .slice(0, MAX_MESSAGES)
      .flatMap((id) => list.rowOf(id)?.messageId ?? []),
  });
  useTellLooking(looking, `${first} ${last} ${loaded}`, list);
}

/** Tells it after every change of `what`, of whether the window is visible, and when the host is there again. */
export function useTellLooking(
  looking: () => { readonly listId: ListId; readonly messageIds: MessageId[] },
  what: string,
  list: ListController,
): void {
  const connection = useHost((state) => state.connection);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these decide what is on screen, not what is sent.
  useEffect(() => {
    const tell = () => void call('sync.looking', { ...looking(), visible: !document.hidden });
    const timer = setTimeout(tell, REST_MS);
    document.addEventListener('visibilitychange', tell);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [list, what, connection]);
}
