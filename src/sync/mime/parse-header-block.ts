import type { Person } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { type HeaderField, readHeaderFields } from './header-fields';
import { decodeHeaderText, parseDate, parsePersons } from './header-values';
import { boundReferences, parseThreadIds } from './thread-ids';

/** What a list row says when nothing could be read (SYNC-060). */
export const UNREADABLE_SUBJECT = '(unreadable message)';

/**
 * The facts of a header block as IMAP gives it for BODY.PEEK[HEADER…], or of a whole message. The fast path of first
 * sync: no MIME, no allocation per byte. Never throws; a block without one field is `unreadable` (SYNC-060).
 */
export function parseHeaderBlock(bytes: Uint8Array): HeaderFacts {
  return headerFacts(readHeaderFields(bytes).fields);
}

/** The same from fields that were split already. */
export function headerFacts(fields: readonly HeaderField[]): HeaderFacts {
  const values = new Map<string, string[]>();
  for (const { name, value } of fields) {
    const key = name.toLowerCase();
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  const first = (name: string): string | undefined => values.get(name)?.[0];
  const text = (name: string): string | null => {
    const value = first(name);
    return value === undefined ? null : decodeHeaderText(value) || null;
  };
  const persons = (name: string): Person[] => values.get(name)?.flatMap(parsePersons) ?? [];
  const ids = (name: string): string[] => parseThreadIds(values.get(name)?.join(' ') ?? '');
  const unreadable = fields.length === 0;
  const receiptTo = text('disposition-notification-to');
  const returnPath = receiptTo === null ? null : text('return-path');
  return {
    subject: unreadable ? UNREADABLE_SUBJECT : (text('subject') ?? ''),
    from: persons('from'),
    sender: persons('sender'),
    replyTo: persons('reply-to'),
    to: persons('to'),
    cc: persons('cc'),
    bcc: persons('bcc'),
    date: parseDate(first('date') ?? ''),
    messageId: parseThreadIds(first('message-id') ?? '')[0] ?? null,
    inReplyTo: boundReferences(ids('in-reply-to')),
    references: boundReferences(ids('references')),
    listId: text('list-id'),
    listUnsubscribe: text('list-unsubscribe'),
    listUnsubscribePost: text('list-unsubscribe-post'),
    autoSubmitted: text('auto-submitted'),
    precedence: text('precedence'),
    importance: text('importance') ?? importanceOf(text('x-priority')),
    authenticationResults: (values.get('authentication-results') ?? []).map(decodeHeaderText),
    dispositionNotificationTo: receiptTo,
    ...(returnPath === null ? {} : { returnPath }),
    contentType: text('content-type'),
    unreadable,
  };
}

/** X-Priority is the older way to say it: 1 and 2 high, 4 and 5 low. */
function importanceOf(priority: string | null): string | null {
  const level = Number.parseInt(priority ?? '', 10);
  if (level >= 1 && level <= 2) return 'high';
  return level >= 4 && level <= 5 ? 'low' : null;
}
