import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { MessageView, ThreadView } from '../../shared/contract/views';
import type { ListId, MessageId } from '../../shared/domain';
import { DRAFT } from '../../shared/domain';
import { useCommand } from '../commands/registry';
import { useIdentities } from '../compose/identities';
import { QuickReply } from '../compose/quick-reply';
import { AllLabels } from '../list/label-chips';
import { useOpenList } from '../list/open-list';
import { snoozePhrase } from '../list/snooze-words';
import { useToday } from '../list/use-today';
import { readerStrings } from '../strings/reader';
import { snoozeStrings } from '../strings/snooze';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import styles from './conversation.module.css';
import { MessageCard } from './message-card';
import { OlderMessages } from './older-messages';

/** "Expand all" opens this many, the newest: every open message is a frame with a process behind it. */
const MOST_OPENED = 50;

interface ConversationProps {
  /** Of a long one the ends only. */
  readonly thread: Pick<ThreadView, 'id' | 'subject' | 'messages' | 'hidden' | 'labels' | 'labelsHere'>;
  /** The list it was opened from. */
  readonly listId: ListId | null;
  /** The row it was opened from. */
  readonly itemId: number;
  /** The message that was found or asked for: it is open instead of the newest. */
  readonly found?: MessageId | undefined;
}

/** A conversation: subject once, newest message open, older ones folded to a line (APP-080). */
export function Conversation({ thread, listId, itemId, found }: ConversationProps) {
  const { subject, messages, hidden } = thread;
  const element = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.id ?? null;
  // Only what the user changed is kept: a message that arrives meanwhile is the newest and opens by itself.
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [showAll, setShowAll] = useState(false);
  const own = useOwnAddresses();
  const [unfolded, setUnfolded] = useState(false);
  const total = messages.length + hidden.to - hidden.from;
  const isOpen = (id: number, position: number) =>
    toggled.get(id) ?? (unfolded ? position >= total - MOST_OPENED : id === (found ?? newest));
  const positionOf = (at: number) => (at < hidden.from ? at : at + hidden.to - hidden.from);
  const setOpen = (id: number, open: boolean) => setToggled(new Map([...toggled, [id, open]]));

  // biome-ignore lint/correctness/useExhaustiveDependencies: where it begins is decided once.
  useLayoutEffect(() => {
    const at = thread.messages.findIndex(({ id }) => id === (found ?? newest));
    // Above the first there is no pile; to measure it the window would be laid out in the middle of a change.
    if (at <= 0) return;
    const opened = element.current?.querySelectorAll('article')[at];
    const scroller = element.current?.closest('[data-reader-scroll]');
    if (opened === undefined || scroller == null) return;
    const below = opened.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    // A long pile of folded messages must not hide the one people came to read.
    if (below > scroller.clientHeight / 2) opened.scrollIntoView({ block: 'start' });
  }, []);

  const move = (step: 1 | -1) => {
    const toggles = [...(element.current?.querySelectorAll<HTMLElement>('[data-message-toggle]') ?? [])];
    const at = toggles.findIndex((toggle) => toggle.closest('article')?.contains(document.activeElement));
    const next = toggles[at === -1 ? toggles.length - 1 : at + step];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useCommand('message.next', () => move(1));
  useCommand('message.previous', () => move(-1));
  useCommand('message.expandAll', () => {
    setToggled(new Map());
    setUnfolded(true);
    setShowAll(true);
  });
  useCommand('message.collapseAll', () => {
    setUnfolded(false);
    setToggled(new Map(messages.map(({ id }) => [id, false])));
  });

  const current = messages.findLast(({ id }, at) => isOpen(id, positionOf(at)))?.id;
  // One answers the newest that came from others; a draft is no message.
  const others = [...messages].reverse().filter(({ keywords }) => !keywords.includes(DRAFT));
  const answered = others.find(({ from }) => !own.has(from[0]?.address.toLowerCase() ?? '')) ?? others[0];
  const card = (message: MessageView, position: number) => (
    <MessageCard
      key={message.id}
      message={message}
      own={own}
      open={isOpen(message.id, position)}
      current={message.id === current}
      onToggle={() => setOpen(message.id, !isOpen(message.id, position))}
    />
  );
  return (
    <div ref={element} className={styles.conversation}>
      <header className={styles.head}>
        <h2 className={styles.subject} title={subject} data-selectable>
          <bdi>{subject || readerStrings.noSubject}</bdi>
        </h2>
        <div className={styles.aside}>
          <AllLabels labels={thread.labels} here={thread.labelsHere} />
          <PlaceInList itemId={itemId} />
          <States messages={messages} />
          <SnoozeNote messages={messages} />
        </div>
      </header>
      <div className={styles.messages}>
        {messages.slice(0, hidden.from).map((message, at) => card(message, at))}
        {hidden.to > hidden.from &&
          (showAll ? (
            <OlderMessages threadId={thread.id} listId={listId} range={hidden} card={card} />
          ) : (
            <Button variant="quiet" onPress={() => setShowAll(true)}>
              {readerStrings.older(hidden.to - hidden.from)}
            </Button>
          ))}
        {messages.slice(hidden.from).map((message, at) => card(message, hidden.to + at))}
      </div>
      {answered && <QuickReply key={answered.id} message={answered} />}
    </div>
  );
}

/** "2 of 14", as far as the list beside knows where it stands (UI-030). */
function PlaceInList({ itemId }: { readonly itemId: number }) {
  const list = useOpenList((state) => state.list);
  const place = useSyncExternalStore(list?.subscribe ?? NEVER, () => {
    const index = list?.indexOf(itemId);
    const total = list?.snapshot().total ?? 0;
    return index === undefined || index >= total ? null : readerStrings.place(index + 1, total);
  });
  return place === null ? null : <p className={styles.place}>{place}</p>;
}
const NEVER = () => () => undefined;

/** A conversation is muted or pinned by a mark on any of its messages, as the search takes it (UI-030). */
function States({ messages }: { readonly messages: readonly MessageView[] }) {
  return STATES.filter(([mark]) => messages.some(({ keywords }) => keywords.includes(mark))).map(
    ([mark, word]) => <Chip key={mark}>{word}</Chip>,
  );
}
const STATES = [
  ['$muted', readerStrings.muted],
  ['$pinned', readerStrings.pinned],
] as const;

/** What is put off says so wherever it is found (UI-030). */
function SnoozeNote({ messages }: { readonly messages: readonly MessageView[] }) {
  const today = useToday();
  const times = messages.flatMap(({ snoozedUntil }) => snoozedUntil ?? []);
  if (times.length === 0) return null;
  return <Chip>{snoozeStrings.asleep(snoozePhrase(Math.min(...times), today))}</Chip>;
}

function useOwnAddresses(): ReadonlySet<string> {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const identities = useIdentities();
  return new Set(
    [...accounts.map(({ email }) => email), ...identities.map(({ address }) => address)].map((address) =>
      address.toLowerCase(),
    ),
  );
}
