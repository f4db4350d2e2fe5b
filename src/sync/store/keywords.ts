/** Keywords are stored as one sorted, space-separated string: IMAP atoms hold no space, and equal sets are equal text. */
export function packKeywords(keywords: readonly string[]): string {
  if (keywords.length === 0) return '';
  if (keywords.length === 1) return (keywords[0] as string).toLowerCase();
  return [...new Set(keywords.map((keyword) => keyword.toLowerCase()))].sort().join(' ');
}

export function unpackKeywords(packed: string): string[] {
  return packed === '' ? [] : packed.split(' ');
}

export function hasKeyword(packed: string, keyword: string): boolean {
  if (packed.length < keyword.length) return false;
  return packed === keyword || ` ${packed} `.includes(` ${keyword} `);
}

const NO_LABELS = new Set(['junk', 'nonjunk', 'notjunk', '$deleted']);

/** A label is a keyword people made: no mark of the system or of a server (SYNC-092). */
export function isLabel(keyword: string): boolean {
  if (keyword.startsWith('$')) return /^\$label[1-9]$/.test(keyword);
  return !NO_LABELS.has(keyword);
}

export const MARKS = { answered: 1, forwarded: 2, draft: 4, attachment: 8, back: 16 } as const;

/** Says that a request for a receipt was answered, one way or the other: the guard every client honours (RFC 8098). */
export const MDN_SENT = '$mdnsent';
