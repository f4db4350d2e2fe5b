/** Lines end with CR LF on the wire, whatever a file has; what has that already stays byte for byte. */
export function withLineEnds(source: Uint8Array): Uint8Array {
  const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('latin1');
  return Buffer.from(text.replace(/\r\n|\r|\n/g, '\r\n'), 'latin1');
}
