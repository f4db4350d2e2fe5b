import type { Topic } from '../../shared/contract/events';
import type { MethodOutput } from '../../shared/contract/methods';
import { type Seq, SMART_LISTS } from '../../shared/domain';
import { COLLECTIONS, topicOf } from '../store/collections';
import type { ReadableDb } from '../store/handles';
import { changesSince, type LoggedChange } from '../store/read/changes-since';
import { currentSeq, listAllCounters } from '../store/read/panels';

/** Entries read at once. */
const PAGE = 1_000;
/** After a first sync everything on screen is another anyway; reading more costs more than asking again. */
const MOST_ENTRIES = 5_000;

/** What the entries of the log add up to. */
interface Missed {
  readonly topics: Set<Topic>;
  lists: 'named' | 'smart' | 'every';
  conversations: boolean;
}

/**
 * The topics of everything that changed after a position, for a window whose socket was down (APP-395): at least those
 * its notices would have named.
 */
export function missedTopics(db: ReadableDb, since: Seq | null): MethodOutput<'changes.missed'> {
  return db.transaction((): MethodOutput<'changes.missed'> => {
    const last = currentSeq(db) as Seq;
    if (since === null) return { kind: 'everything', seq: last };
    const missed: Missed = { topics: new Set(), lists: 'named', conversations: false };
    let at = since;
    for (let read = 0; read < MOST_ENTRIES; read += PAGE) {
      const page = changesSince(db, null, at, PAGE);
      if (page.kind === 'behind') return { kind: 'everything', seq: last };
      for (const change of page.changes) add(missed, change);
      at = page.seq;
      if (page.more) continue;
      const { topics, lists, conversations } = missed;
      if (lists !== 'named') for (const id of Object.values(SMART_LISTS)) topics.add(`list:${id}`);
      if (lists === 'every') for (const { list_id } of listAllCounters(db)) topics.add(`list:${list_id}`);
      return { kind: 'topics', seq: at, topics: [...topics], conversations };
    }
    return { kind: 'everything', seq: last };
  })();
}

function add(missed: Missed, { collection, item }: LoggedChange): void {
  const { topics } = missed;
  const whole = topicOf(collection);
  if (whole) topics.add(whole);
  if (collection > 0) {
    for (const topic of [`list:${collection}`, 'lists', 'mailboxes', 'accounts']) topics.add(topic);
    missed.conversations = true;
    if (missed.lists === 'named') missed.lists = 'smart';
    return;
  }
  switch (collection) {
    case COLLECTIONS.bodies:
      topics.add(`body:${item}`);
      missed.conversations = true;
      missed.lists = 'every';
      return;
    case COLLECTIONS.drafts:
      topics.add(`draft:${item}`);
      return;
    // The mark of a change that waits or is parked stands in every list that shows its messages.
    case COLLECTIONS.pending:
      missed.conversations = true;
      missed.lists = 'every';
      return;
    // Another role: its messages come into smart lists or leave them.
    case COLLECTIONS.mailboxes:
      topics.add('lists');
      if (missed.lists === 'named') missed.lists = 'smart';
      return;
    case COLLECTIONS.lists:
      if (item !== 0) topics.add(`list:${item}`);
      else missed.lists = 'every';
      return;
  }
}
