import { MAX_REFERENCES } from './limits';

/**
 * The message ids of a Message-ID, In-Reply-To or References field, without angle brackets. Folding and comments are
 * removed; an id of any length or shape is kept as opaque text (SYNC-323).
 */
export function parseThreadIds(raw: string): string[] {
  const ids: string[] = [];
  for (const [, id = ''] of raw.matchAll(/<([^<>]*)>/g)) {
    const text = id.replace(/\s+/g, '');
    if (text !== '') ids.push(text);
  }
  if (ids.length > 0 || raw.trim() === '') return ids;
  return withoutComments(raw)
    .split(/[\s,]+/)
    .map((id) => id.replace(/[<>]/g, ''))
    .filter((id) => id !== '');
}

/** At most the first 1 and the last 99: the root and the near ancestors are what links. */
export function boundReferences(ids: readonly string[]): string[] {
  if (ids.length <= MAX_REFERENCES) return [...ids];
  return [...ids.slice(0, 1), ...ids.slice(1 - MAX_REFERENCES)];
}

function withoutComments(raw: string): string {
  let depth = 0;
  let text = '';
  for (const char of raw) {
    if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) text += char;
  }
  return text;
}
