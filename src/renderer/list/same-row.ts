import type { SearchRow } from '../../shared/contract/search-views';
import type { ListRow } from '../../shared/contract/views';
import { asFound } from './found-row';

/** True when two answers for one row show the same; then the old object is kept and nothing renders again. */
export function sameRow(a: ListRow, b: ListRow): boolean {
  if (a === b) return true;
  return (
    a.itemId === b.itemId &&
    a.messageId === b.messageId &&
    a.threadId === b.threadId &&
    a.accountId === b.accountId &&
    a.subject === b.subject &&
    a.snippet === b.snippet &&
    a.messageCount === b.messageCount &&
    a.unreadCount === b.unreadCount &&
    a.starred === b.starred &&
    a.answered === b.answered &&
    a.forwarded === b.forwarded &&
    a.draft === b.draft &&
    a.hasAttachment === b.hasAttachment &&
    a.date === b.date &&
    a.size === b.size &&
    a.mark === b.mark &&
    a.snoozedUntil === b.snoozedUntil &&
    a.backSince === b.backSince &&
    samePlace(asFound(a), asFound(b)) &&
    sameList(a.labels, b.labels, (x, y) => x === y) &&
    sameList(
      a.participants,
      b.participants,
      (x, y) => x.name === y.name && x.address === y.address && x.me === y.me,
    )
  );
}

/** What a search marks is the same for the same text. */
function samePlace(a: SearchRow | null, b: SearchRow | null): boolean {
  if (a === null || b === null) return a === b;
  return sameList(a.where, b.where, (x, y) => x.mailboxId === y.mailboxId && x.path === y.path);
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((x, index) => same(x, b[index] as T));
}
