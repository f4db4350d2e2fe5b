/**
 * The body of an answer, or null when it is longer than `maxBytes`: then no more of it is read. What the answer says about
 * its length spares the reading, but nothing depends on it.
 */
export async function readAtMost(response: Response, maxBytes: number): Promise<ArrayBuffer | null> {
  const reader = response.body?.getReader();
  if (!reader) return new ArrayBuffer(0);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await reader.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(next.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes.buffer;
}
