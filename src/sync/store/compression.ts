import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Packed } from '../../shared/observation';

export type Encoding = Packed['encoding'];

/** Below this many bytes compression costs more than it saves. */
const WORTH_TRYING_BYTES = 512;

/** Compressed when that saves at least a tenth (SYNC-340). */
export function compress(data: Uint8Array): Packed {
  if (data.length < WORTH_TRYING_BYTES) return { encoding: 'plain', data };
  const deflated = deflateRawSync(data, { level: 6 });
  return deflated.length <= data.length * 0.9
    ? { encoding: 'deflate', data: deflated }
    : { encoding: 'plain', data };
}

export function decompress(encoding: Encoding, data: Buffer): Buffer {
  switch (encoding) {
    case 'plain':
      return data;
    case 'deflate':
      return inflateRawSync(data);
  }
}
