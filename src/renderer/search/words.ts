/** Where a word begins and ends in a text, and the word. */
export interface WordAt {
  readonly from: number;
  readonly until: number;
  readonly word: string;
}

/** The word the caret is in or behind: up to the caret, quotes hold spaces together (`in:"Old mail`). */
export function wordBefore(text: string, caret: number): WordAt {
  let from = 0;
  let quoted = false;
  for (let at = 0; at < caret; at += 1) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ' ' || char === '(' || (char === '-' && at === from))) from = at + 1;
  }
  return { from, until: caret, word: text.slice(from, caret) };
}

/** Quotes a value where the grammar would read it as more than one word. */
export function quoteValue(value: string): string {
  const plain = value.replaceAll('"', ' ').trim();
  return plain === '' || /[\s()]/.test(plain) || plain.startsWith('-') ? `"${plain}"` : plain;
}

/** Puts `replacement` where a word was and the caret behind it. */
export function replaceWord(
  text: string,
  { from, until }: Pick<WordAt, 'from' | 'until'>,
  replacement: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(until);
  const spaced = replacement.endsWith(':') || rest.startsWith(' ') ? replacement : `${replacement} `;
  const behind = rest.startsWith(' ') && !replacement.endsWith(':') ? 1 : 0;
  return { text: text.slice(0, from) + spaced + rest, caret: from + spaced.length + behind };
}
