/**
 * What of a message travels to a window in one answer, so that the whole stays below the contract's 1 MB (APP-362). The
 * rest is in the source, which the reader offers (APP-101).
 */

/** UTF-8 bytes of HTML; the frame draws at most about as much. */
export const MAX_HTML_BYTES = 450_000;
/** UTF-8 bytes of the text. */
export const MAX_TEXT_BYTES = 150_000;
/** With more attachments than this their names are cut, so that a thousand of them fit. */
const MANY_ATTACHMENTS = 200;
const SHORT_NAME_CHARS = 50;

/** The beginning of a text that takes at most `most` bytes as UTF-8. */
export function cutToBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text;
  const bytes = Buffer.from(text.slice(0, most), 'utf8');
  if (bytes.length <= most) return text.slice(0, most);
  // A character cut in half becomes a mark that is taken off again.
  return bytes
    .subarray(0, most)
    .toString('utf8')
    .replace(/\ufffd$/, '');
}

/** Names with their ending, shortened where there are very many. */
export function fittingNames<T extends { readonly filename: string }>(files: readonly T[]): T[] {
  return files.map((file) => {
    const { filename } = file;
    return files.length <= MANY_ATTACHMENTS || filename.length <= SHORT_NAME_CHARS
      ? file
      : { ...file, filename: `${filename.slice(0, SHORT_NAME_CHARS - 12)}…${filename.slice(-11)}` };
  });
}
