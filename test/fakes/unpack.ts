import type { Packed, PackedBody } from '../../src/shared/observation';
import { decompress } from '../../src/sync/store/compression';

/** The bytes that were packed; none for nothing. */
export function unpack(packed: Packed | null | undefined): Buffer {
  return packed ? decompress(packed.encoding, Buffer.from(packed.data)) : Buffer.alloc(0);
}

/** A body that must be there and readable. */
export function readable(body: PackedBody | 'unreadable' | null | undefined): PackedBody {
  if (!body || body === 'unreadable') throw new Error(`the body is ${body}`);
  return body;
}
