import type { ListRow } from '../../shared/contract/views';
import { listed } from '../strings/plural';

/** The words of a row's accessible name; from the string catalogue. */
export interface RowWords {
  readonly unread: string;
  readonly starred: string;
  readonly draft: string;
  readonly attachment: string;
  readonly answered: string;
  readonly forwarded: string;
  readonly waiting: string;
  readonly parked: string;
  readonly noSubject: string;
  messages(count: number): string;
  labels(names: string): string;
}

/** Name of a row for people who do not see it: state + sender + subject + time + labels (APP-302). */
export function rowName(row: ListRow, people: string, date: string, words: RowWords): string {
  const parts = [
    row.mark === 'parked' && words.parked,
    row.unreadCount > 0 && words.unread,
    row.starred && words.starred,
    row.draft && words.draft,
    people,
    row.messageCount > 1 && words.messages(row.messageCount),
    row.subject || words.noSubject,
    date,
    row.hasAttachment && words.attachment,
    row.answered && words.answered,
    row.forwarded && words.forwarded,
    row.labels.length > 0 && words.labels(listed(row.labels)),
    row.mark === 'waiting' && words.waiting,
  ];
  return listed(parts.flatMap((part) => part || []));
}
