const LF = 10;
const COLON = 58;

/**
 * A message without these header fields, continuation lines included; everything else stays byte for byte.
 * @param names in any case
 */
export function withoutFields(message: Uint8Array, names: readonly string[]): Uint8Array {
  const raw = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const unwanted = new Set(names.map((name) => name.toLowerCase()));
  const kept: Buffer[] = [];
  let dropping = false;
  let at = 0;
  while (at < raw.length) {
    const end = raw.indexOf(LF, at);
    const next = end < 0 ? raw.length : end + 1;
    const line = raw.subarray(at, next);
    const first = line[0];
    // The empty line: what follows is no header.
    if (first === LF || (first === 13 && line[1] === LF)) break;
    if (first !== 32 && first !== 9) {
      const colon = line.indexOf(COLON);
      const name = line.toString('latin1', 0, Math.max(0, colon)).trimEnd().toLowerCase();
      dropping = unwanted.has(name);
    }
    if (!dropping) kept.push(line);
    at = next;
  }
  return Buffer.concat([...kept, raw.subarray(at)]);
}
