const HUES = 8;

/** One of the eight hues, always the same for the same text (labels, avatars). */
export function hueOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % HUES;
}
