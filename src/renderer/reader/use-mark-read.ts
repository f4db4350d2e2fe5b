import { type RefObject, useEffect } from 'react';
import type { MessageView } from '../../shared/contract/views';
import { SEEN } from '../../shared/domain';
import { call } from '../transport/call';

/**
 * Marks an open message as read once it has been in view for `afterMs` (APP-097); null = never. Happens once per
 * opening, so that "mark as unread" stays.
 */
export function useMarkRead(
  element: RefObject<HTMLElement | null>,
  message: MessageView,
  open: boolean,
  afterMs: number | null,
): void {
  const { id } = message;
  // Read at opening: what changes the keyword later is the user, not the clock.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keywords of the moment it was opened
  useEffect(() => {
    const target = element.current;
    if (!open || afterMs === null || target === null || message.keywords.includes(SEEN)) return;
    let timer = 0;
    const observer = new IntersectionObserver(([entry]) => {
      window.clearTimeout(timer);
      if (!entry?.isIntersecting) return;
      timer = window.setTimeout(() => {
        observer.disconnect();
        void markRead(id);
      }, afterMs);
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      window.clearTimeout(timer);
    };
  }, [id, open, afterMs]);
}

function markRead(id: MessageView['id']): Promise<unknown> {
  const target = { kind: 'messages' as const, messageIds: [id] };
  return call('mutations.apply', { target, mutation: { kind: 'keywords', add: [SEEN], remove: [] } });
}
