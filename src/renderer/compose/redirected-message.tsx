import type { MessageId } from '../../shared/domain';
import { nameOf } from '../reader/people';
import { composeStrings } from '../strings/compose';
import { useLiveQuery } from '../transport/use-live-query';
import { OriginalMessage } from './quoted-original';
import styles from './quoted-original.module.css';

interface RedirectedMessageProps {
  readonly messageId: MessageId;
  /** The focus leaves the message by Escape. */
  onLeave(): void;
}

/** What a redirect passes on: to be looked at, not to be changed (APP-120, RFC 5322 section 3.6.6). */
export function RedirectedMessage({ messageId, onLeave }: RedirectedMessageProps) {
  const message = useLiveQuery('messages.get', { messageId }, [`body:${messageId}`, 'lists']).data ?? null;
  const body =
    useLiveQuery('messages.body', { messageId, charset: null }, [`body:${messageId}`]).data ?? null;
  const sender = message?.from[0] ? nameOf(message.from[0]) : '';
  const title = message
    ? composeStrings.redirectedFrom(composeStrings.quoteDate(message.date), sender)
    : composeStrings.redirected;
  return (
    <section className={styles.redirected} aria-label={composeStrings.redirected}>
      <p className={styles.missing}>{composeStrings.redirectText}</p>
      <p className={styles.heading}>
        <bdi>{title}</bdi>
      </p>
      <OriginalMessage messageId={messageId} selection={null} body={body} title={title} onLeave={onLeave} />
    </section>
  );
}
