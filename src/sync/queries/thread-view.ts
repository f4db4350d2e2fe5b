import type { MethodParsedInput } from '../../shared/contract/methods';
import type { MessageView, ThreadView } from '../../shared/contract/views';
import type { Keyword, Person, Seq } from '../../shared/domain';
import { hiddenRange } from '../../shared/older-messages';
import type { ReadableDb } from '../store/handles';
import { isLabel, unpackKeywords } from '../store/keywords';
import { localLabels } from '../store/read/labels';
import { type MessageRecord, mailboxesOf, threadMessages } from '../store/read/messages';
import { currentSeq } from '../store/read/panels';
import { readScreenContext } from '../store/screen/screen-context';
import { messageView } from './message-views';

/** Bytes of one answer that its messages share (the contract's bound is 1 MB); a message's details have all people. */
const ANSWER_BYTES = 700_000;
/** Of a message with more people than fit: the first few of each field, shortened. */
const FEW_PEOPLE = 5;
const SHORT_CHARS = 60;
const LONGEST_ADDRESS = 320;

/**
 * A conversation, oldest message first. Trash and junk are left out unless the list one looks at is one of them, or
 * nothing else is left of it (SYNC-329). Null when nothing of it is shown anywhere.
 */
export function threadView(
  db: ReadableDb,
  { threadId, listId, page }: MethodParsedInput<'threads.get'>,
): ThreadView | null {
  return db.transaction((): ThreadView | null => {
    const { isHidden } = readScreenContext(db);
    const shown = threadMessages(db, threadId)
      .map((record) => ({ record, mailboxIds: mailboxesOf(db, record.id) }))
      .filter(({ mailboxIds }) => mailboxIds.length > 0);
    const lookingAt = listId as number | null;
    const wanted =
      lookingAt !== null && lookingAt > 0 && isHidden(lookingAt)
        ? shown.filter(({ mailboxIds }) => mailboxIds.some((id) => (id as number) === lookingAt))
        : shown.filter(({ mailboxIds }) => mailboxIds.some((id) => !isHidden(id)));
    const records = (wanted.length > 0 ? wanted : shown).map(({ record }) => record);
    const newest = records.at(-1);
    if (!newest) return null;
    const hidden = page === undefined ? hiddenRange(records.length) : { from: 0, to: 0 };
    const asked =
      page === undefined
        ? [...records.slice(0, hidden.from), ...records.slice(hidden.to)]
        : records.slice(page.from, page.from + page.count);
    return {
      id: newest.thread_id,
      accountId: newest.account_id,
      subject: newest.subject,
      messages: asked.map((record) => fitting(messageView(db, record), ANSWER_BYTES / asked.length)),
      hidden,
      labels: labelsOf(records),
      labelsHere: [...new Set(records.flatMap(({ id }) => localLabels(db, id)))].sort(),
      seq: currentSeq(db) as Seq,
    };
  })();
}

function labelsOf(records: readonly MessageRecord[]): Keyword[] {
  const packed = new Set(records.map(({ keywords }) => keywords));
  const words = new Set([...packed].flatMap((keywords) => unpackKeywords(keywords)));
  return [...words].filter(isLabel).sort();
}

/** Thousands of recipients on each of fifty messages would make an answer that no window may get (APP-362). */
function fitting(view: MessageView, bytes: number): MessageView {
  if (JSON.stringify(view).length * 3 < bytes || Buffer.byteLength(JSON.stringify(view)) < bytes) return view;
  const few = (people: readonly Person[]) =>
    people.slice(0, FEW_PEOPLE).map(({ name, address }) => ({
      name: name.slice(0, SHORT_CHARS),
      address: address.slice(0, LONGEST_ADDRESS),
    }));
  const { from, sender, replyTo, to, cc, bcc } = view;
  return {
    ...view,
    from: few(from),
    sender: few(sender),
    replyTo: few(replyTo),
    to: few(to),
    cc: few(cc),
    bcc: few(bcc),
  };
}
