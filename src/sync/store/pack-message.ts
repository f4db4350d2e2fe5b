import type { ObservedMessage, PackedMessage } from '../../shared/observation';
import { packKeywords } from './keywords';
import { baseSubject } from './threads/base-subject';
import { idHash } from './threads/id-hash';
import { isLooseReply, threadKeys } from './threads/thread-keys';

/** Everything of storing a message that needs no database: it can be done in any thread (SYNC-395). Pure. */
export function packMessage(observed: ObservedMessage): PackedMessage {
  const { headers, receivedAt, remoteThreadId } = observed;
  const subject = baseSubject(headers.subject);
  const from = headers.from[0] ?? headers.sender[0];
  return {
    uid: observed.uid,
    keywords: packKeywords(observed.keywords),
    modseq: observed.modseq,
    receivedAt,
    size: observed.size,
    identity: observed.identity,
    hasAttachment: observed.hasAttachment,
    subject: headers.subject,
    baseSubject: subject.base,
    subjectHash: idHash(subject.base),
    looseReply: isLooseReply(headers, subject),
    fromName: from?.name ?? '',
    fromAddress: from?.address ?? '',
    date: headers.date ?? receivedAt,
    remoteThread: remoteThreadId !== null,
    ...threadKeys(headers, remoteThreadId, subject),
    headersJson: JSON.stringify(headers),
    partsJson: JSON.stringify(observed.parts),
  };
}
