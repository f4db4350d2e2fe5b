import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { MessageView } from '../../shared/contract/views';
import type { ListId, ThreadId } from '../../shared/domain';
import { OLDER_PAGE } from '../../shared/older-messages';
import { useLiveQuery } from '../transport/use-live-query';
import styles from './conversation.module.css';

interface OlderMessagesProps {
  readonly threadId: ThreadId;
  readonly listId: ListId | null;
  /** Positions [from, to) in the conversation. */
  readonly range: { readonly from: number; readonly to: number };
  card(message: MessageView, position: number): ReactNode;
}

/** The long middle of a conversation in pages: each is asked for and drawn when it comes near (APP-101). */
export function OlderMessages({ threadId, listId, range, card }: OlderMessagesProps) {
  const pages = Array.from({ length: Math.ceil((range.to - range.from) / OLDER_PAGE) }, (_, at) => {
    const from = range.from + at * OLDER_PAGE;
    return { from, count: Math.min(OLDER_PAGE, range.to - from) };
  });
  return pages.map((page) => (
    <OlderPage key={page.from} threadId={threadId} listId={listId} page={page} card={card} />
  ));
}

/** So far outside of the view a page is asked for already. */
const NEAR = '100%';

interface OlderPageProps extends Omit<OlderMessagesProps, 'range'> {
  readonly page: { readonly from: number; readonly count: number };
}

function OlderPage({ threadId, listId, page, card }: OlderPageProps) {
  const element = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const { data } = useLiveQuery('threads.get', { threadId, listId, page }, [`thread:${threadId}`], {
    enabled: near,
  });
  useEffect(() => {
    if (near || element.current === null) return;
    const root = element.current.closest('[data-reader-scroll]');
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { root, rootMargin: NEAR },
    );
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [near]);
  if (data)
    return (
      <div className={styles.older}>{data.messages.map((message, at) => card(message, page.from + at))}</div>
    );
  return (
    <div
      ref={element}
      className={styles.waiting}
      style={{ '--messages': page.count } as React.CSSProperties}
      aria-busy
    />
  );
}
