/** From a FETCH row to the facts the engine reconciles. */
import type { HeaderFacts, ObservedMessage } from '../../../shared/observation';
import { messageIdentity } from '../../mime/message-identity';
import { parseHeaderBlock } from '../../mime/parse-header-block';
import { readStructure } from './body-structure';
import type { FetchRow } from './fetch-row';
import { toKeywords } from './keywords';
import { MAX_HEADER_BYTES } from './limits';
import { hasAttachment, toPartFacts } from './part-facts';

const NOTHING = new Uint8Array();

/** One readable message; a message without any header field still gets its row (SYNC-060). */
export function observeMessage(row: FetchRow): ObservedMessage {
  const block = row.sections.get('HEADER.FIELDS') ?? NOTHING;
  const headers = parseHeaderBlock(
    block.length > MAX_HEADER_BYTES ? block.subarray(0, MAX_HEADER_BYTES) : block,
  );
  const parts = toPartFacts(readStructure(row.bodyStructure));
  return { ...toObserved(row, headers), parts, hasAttachment: hasAttachment(parts) };
}

/** Only the server's own facts: what the sender wrote could not be read twice. */
export function observeUnreadable(row: FetchRow): ObservedMessage {
  return toObserved(row, parseHeaderBlock(NOTHING));
}

/** EMAILID or X-GM-MSGID where the server has one, else Message-ID, size and date (SYNC-100). */
export function identityOf(row: FetchRow, headers: Pick<HeaderFacts, 'messageId' | 'date'>): string | null {
  if (row.emailId !== null) return `e:${row.emailId}`;
  return messageIdentity(headers.messageId, row.size ?? 0, headers.date);
}

function toObserved(row: FetchRow, headers: HeaderFacts): ObservedMessage {
  return {
    uid: row.uid,
    keywords: toKeywords(row.flags ?? []),
    modseq: row.modseq,
    receivedAt: row.internalDate ?? headers.date ?? 0,
    size: row.size ?? 0,
    identity: identityOf(row, headers),
    remoteThreadId: row.threadId,
    headers,
    hasAttachment: false,
    parts: [],
  };
}
