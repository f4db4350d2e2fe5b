import { TriangleAlert } from 'lucide-react';
import type { ListId, MessageId, ThreadId } from '../../shared/domain';
import { runCommand } from '../commands/registry';
import { useWork } from '../feedback/use-work';
import { readerStrings } from '../strings/reader';
import { useLiveQuery } from '../transport/use-live-query';
import { EmptyState } from '../ui/empty-state';
import { later } from '../ui/later';
import { ReaderActions } from './reader-actions';
import { NothingOpen } from './reader-empty';
import styles from './reading-pane.module.css';

// With the list of public suffixes they weigh a fifth of the window, and the list is there before one of them is wanted.
const Conversation = later(async () => (await import('./conversation')).Conversation);
const LinkTarget = later(async () => (await import('./links')).LinkTarget);
const LinkQuestion = later(async () => (await import('./links')).LinkQuestion);

/** Fetches what shows a conversation; rejects when it cannot be had, which shows when one is opened. */
export async function loadReader(): Promise<void> {
  await Promise.all([Conversation, LinkTarget, LinkQuestion].map((part) => part.fetch()));
}

interface ReadingPaneProps {
  readonly listId: ListId;
  /** Thread or message, by the list's mode; null = nothing is open. */
  readonly itemId: number | null;
  /** What `itemId` is the id of, where it is not what the list's rows are now. */
  readonly mode?: 'threads' | 'messages';
  /** The message of the conversation that is open at first; the newest where nobody says. */
  readonly opened?: MessageId | undefined;
  /** True when `itemId` is a message that was found: its conversation is shown, with it open. */
  readonly found?: boolean;
  /** Back to the list where the reader has taken its place; null = the list is beside it. */
  readonly hasBack: boolean;
}

/** The reading pane: a conversation, or what to do when none is open. */
export function ReadingPane({ listId, itemId, found = false, opened, hasBack, ...props }: ReadingPaneProps) {
  const lists = useLiveQuery('lists.list', {}, ['lists']).data;
  const mode = props.mode ?? lists?.find(({ id }) => id === listId)?.mode;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the pane from anywhere inside (UI-062)
    <div
      className={styles.pane}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) runCommand('list.back');
      }}
    >
      <ReaderActions listId={listId} itemId={itemId} hasBack={hasBack} />
      <div className={styles.scroll} data-reader-scroll>
        {itemId === null ? (
          <NothingOpen />
        ) : found ? (
          <FoundMessage key={itemId} messageId={itemId as MessageId} listId={listId} />
        ) : mode === 'messages' ? (
          <OneMessage key={itemId} messageId={itemId as MessageId} listId={listId} />
        ) : (
          mode && <Thread key={itemId} threadId={itemId as ThreadId} listId={listId} opened={opened} />
        )}
      </div>
      <LinkTarget />
      <LinkQuestion />
    </div>
  );
}

interface ThreadProps {
  readonly threadId: ThreadId;
  readonly listId: ListId;
  readonly opened: MessageId | undefined;
}

function Thread({ threadId, listId, opened }: ThreadProps) {
  const { data, failure, pending } = useLiveQuery('threads.get', { threadId, listId }, [
    `thread:${threadId}`,
  ]);
  useWork(pending, { place: 'reader', doing: readerStrings.opening, local: true });
  if (data) return <Conversation thread={data} listId={listId} itemId={threadId} found={opened} />;
  return <Missing asked={data === null} failure={failure?.message} />;
}

interface OneMessageProps {
  readonly messageId: MessageId;
  readonly listId: ListId;
}

function OneMessage({ messageId, listId }: OneMessageProps) {
  const { data, failure } = useLiveQuery('messages.get', { messageId }, [`body:${messageId}`, 'lists']);
  if (data) {
    const { threadId: id, subject, keywords, labelsHere } = data;
    const labels = keywords.filter((word) => !word.startsWith('$'));
    const thread = { id, subject, labels, labelsHere, messages: [data], hidden: { from: 0, to: 0 } };
    return <Conversation thread={thread} listId={listId} itemId={messageId} />;
  }
  return <Missing asked={data === null} failure={failure?.message} />;
}

/**
 * The conversation of a message that was found. The message alone where the conversation does not show it: it lies in
 * trash or junk, or in the middle of a long one.
 */
function FoundMessage({ messageId, listId }: OneMessageProps) {
  const message = useLiveQuery('messages.get', { messageId }, [`body:${messageId}`, 'lists']);
  const threadId = message.data?.threadId;
  const thread = useLiveQuery(
    'threads.get',
    { threadId: threadId ?? (1 as ThreadId), listId: null },
    threadId === undefined ? [] : [`thread:${threadId}`],
    { enabled: threadId !== undefined },
  );
  if (thread.data?.messages.some(({ id }) => id === messageId))
    return <Conversation thread={thread.data} listId={null} itemId={messageId} found={messageId} />;
  if (message.data && thread.pending) return null;
  return <OneMessage messageId={messageId} listId={listId} />;
}

function Missing({ asked, failure }: { readonly asked: boolean; readonly failure: string | undefined }) {
  if (failure !== undefined)
    return <EmptyState icon={<TriangleAlert />} title={readerStrings.failedTitle} text={failure} />;
  return asked ? <EmptyState title={readerStrings.goneTitle} /> : null;
}
