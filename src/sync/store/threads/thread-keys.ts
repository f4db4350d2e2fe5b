import type { HeaderFacts, PackedMessage } from '../../../shared/observation';
import type { BaseSubject } from './base-subject';
import { idHash } from './id-hash';

/**
 * Names under which the thread of a message is found, as hashes. Its own id is counted, because robots reuse theirs
 * (SYNC-328); the bridge leads answers without a subject of their own to it, whatever its subject is.
 */
export type ThreadKeys = Pick<PackedMessage, 'ownKey' | 'bridgeKey' | 'namedKeys'>;

/**
 * The ids that tie a message to its thread; all lead to one. The subject guard of SYNC-324 is part of the key: two
 * messages meet where they name the same id *and* share a base subject. Bounces, automatic and calendar answers and
 * answers with an empty subject follow the message they answer instead. Pure; the order of arrival plays no part.
 */
export function threadKeys(
  headers: HeaderFacts,
  remoteThreadId: string | null,
  subject: BaseSubject,
): ThreadKeys {
  // The server's own threads are never overridden (SYNC-321).
  if (remoteThreadId !== null)
    return { ownKey: null, bridgeKey: null, namedKeys: [idHash(`server\n${remoteThreadId}`)] };
  const own = headers.messageId;
  if (followsParent(headers, subject)) {
    const parent = headers.inReplyTo[0] ?? headers.references.at(-1);
    return {
      ownKey: own === null ? null : idHash(nameKey(own)),
      bridgeKey: null,
      namedKeys: parent !== undefined && parent !== own ? [idHash(nameKey(parent))] : [],
    };
  }
  const named = new Set([...headers.inReplyTo, ...headers.references]);
  if (own !== null) named.delete(own);
  return {
    ownKey: own === null ? null : idHash(`${own}\n${subject.base}`),
    bridgeKey: own === null ? null : idHash(nameKey(own)),
    namedKeys: [...named].map((id) => idHash(`${id}\n${subject.base}`)),
  };
}

/** An answer that names no message: only its subject says to what (SYNC-325). */
export function isLooseReply(headers: HeaderFacts, subject: BaseSubject): boolean {
  return subject.reply && headers.inReplyTo.length === 0 && headers.references.length === 0;
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
