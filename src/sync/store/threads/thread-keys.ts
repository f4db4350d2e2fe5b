import type { HeaderFacts } from '../../../shared/observation';
import type { BaseSubject } from './base-subject';

/** One name under which a thread can be found; all keys of one message lead to one thread. */
export interface ThreadKey {
  readonly text: string;
  /** The message's own id: counted, because robots reuse theirs (SYNC-328). */
  readonly own: boolean;
  /** Leads answers without a subject of their own to this message, whatever its subject is. */
  readonly bridge: boolean;
}

/**
 * The ids that tie a message to its thread. The subject guard of SYNC-324 is part of the key: two messages meet where
 * they name the same id *and* share a base subject. Bounces, automatic and calendar answers and answers with an empty
 * subject follow the message they answer instead. Pure; the order of arrival plays no part.
 */
export function threadKeys(
  headers: HeaderFacts,
  remoteThreadId: string | null,
  subject: BaseSubject,
): ThreadKey[] {
  // The server's own threads are never overridden (SYNC-321).
  if (remoteThreadId !== null) return [{ text: `server\n${remoteThreadId}`, own: false, bridge: false }];
  const own = headers.messageId;
  if (followsParent(headers, subject)) {
    const parent = headers.inReplyTo[0] ?? headers.references.at(-1);
    const keys: ThreadKey[] = [];
    if (own !== null) keys.push({ text: nameKey(own), own: true, bridge: false });
    if (parent !== undefined && parent !== own)
      keys.push({ text: nameKey(parent), own: false, bridge: false });
    return keys;
  }
  const keys: ThreadKey[] = [];
  if (own !== null) {
    keys.push({ text: `${own}\n${subject.base}`, own: true, bridge: false });
    keys.push({ text: nameKey(own), own: true, bridge: true });
  }
  const named = new Set([...headers.inReplyTo, ...headers.references]);
  if (own !== null) named.delete(own);
  for (const id of named) keys.push({ text: `${id}\n${subject.base}`, own: false, bridge: false });
  return keys;
}

/** The key of an id alone, whatever the subject. */
export function nameKey(id: string): string {
  return `${id}\n`;
}

function followsParent(headers: HeaderFacts, subject: BaseSubject): boolean {
  if (subject.base === '') return true;
  if (headers.autoSubmitted !== null && /^auto-(replied|generated)/i.test(headers.autoSubmitted.trim())) {
    return headers.inReplyTo.length > 0 || headers.references.length > 0;
  }
  const type = headers.contentType ?? '';
  return /multipart\/report/i.test(type) || /method\s*=\s*"?reply/i.test(type);
}
