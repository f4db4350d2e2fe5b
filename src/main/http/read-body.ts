import type { IncomingMessage } from 'node:http';

/** The body as text, or null when it is longer than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const piece = chunk as Buffer;
    length += piece.length;
    if (length > maxBytes) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
