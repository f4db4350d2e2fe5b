import type { HeaderFacts, Packed, PackedBody, PackedMessage, PartFacts } from '../../src/shared/observation';
import { decompress } from '../../src/sync/store/compression';

/** The bytes that were packed; none for nothing. */
export function unpack(packed: Packed | null | undefined): Buffer {
  return packed ? decompress(packed.encoding, Buffer.from(packed.data)) : Buffer.alloc(0);
}

/** What was read of a message: its header, its parts, its keywords. */
export function factsOf(message: PackedMessage | undefined) {
  if (!message) throw new Error('there is no message');
  return {
    uid: message.uid,
    size: message.size,
    keywords: message.keywords === '' ? [] : message.keywords.split(' '),
    headers: JSON.parse(message.headersJson) as HeaderFacts,
    parts: JSON.parse(message.partsJson) as PartFacts[],
  };
}

/** A body that must be there and readable. */
export function readable(body: PackedBody | 'unreadable' | 'failed' | null | undefined): PackedBody {
  if (!body || typeof body === 'string') throw new Error(`the body is ${body}`);
  return body;
}
