/** MS-OXRTFCP 2.1.3.1.2: what the dictionary holds before the first byte. */
const START =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const DICTIONARY_BYTES = 4096;
const HEADER_BYTES = 16;
const COMPRESSED = 0x75465a4c;
const STORED = 0x414c454d;
/** Unpacked text; the packed form is at most nine times smaller, so this stops a bomb and no letter. */
export const MAX_RTF_BYTES = 8 * 1024 * 1024;

/** Rich text as Outlook packs it (MS-OXRTFCP), up to where it breaks off; null when it is something else. */
export function readCompressedRtf(packed: Buffer): Buffer | null {
  if (packed.length < HEADER_BYTES) return null;
  const kind = packed.readUInt32LE(8);
  const size = Math.min(packed.readUInt32LE(4), MAX_RTF_BYTES);
  if (kind === STORED) return packed.subarray(HEADER_BYTES, HEADER_BYTES + size);
  if (kind !== COMPRESSED) return null;

  const dictionary = Buffer.alloc(DICTIONARY_BYTES, 0x20);
  let write = dictionary.write(START, 'latin1');
  // The claimed size is not believed: room grows with what is really there.
  const out = Buffer.allocUnsafe(Math.min(size, (packed.length - HEADER_BYTES) * 9));
  let length = 0;
  const put = (byte: number) => {
    out[length++] = byte;
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY_BYTES;
  };
  for (let at = HEADER_BYTES; at < packed.length; ) {
    const flags = packed[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < packed.length; bit++) {
      if (length >= out.length) return out.subarray(0, length);
      if ((flags & (1 << bit)) === 0) {
        put(packed[at++] ?? 0);
        continue;
      }
      const reference = ((packed[at] ?? 0) << 8) | (packed[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return out.subarray(0, length);
      for (let step = 0; step < (reference & 15) + 2 && length < out.length; step++)
        put(dictionary[(from + step) % DICTIONARY_BYTES] ?? 0);
    }
  }
  return out.subarray(0, length);
}
