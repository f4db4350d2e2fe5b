import { tokenize } from 'linkifyjs';

export interface TextPart {
  readonly text: string;
  /** Where the part leads; null = plain text. */
  readonly href: string | null;
}

/** Longer lines are shown as they are: finding links in them would take longer than reading them. */
const MAX_LINE_CHARS = 5000;

/** Splits plain text into words and links; addresses without a scheme become https. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const found = line.length > MAX_LINE_CHARS || !/[.:@]/.test(line) ? [] : tokenize(line);
    if (found.length === 0) append(parts, line);
    for (const token of found) {
      if (token.isLink) parts.push({ text: token.toString(), href: token.toHref('https') });
      else append(parts, token.toString());
    }
  }
  return parts;
}

function append(parts: TextPart[], text: string): void {
  const last = parts.at(-1);
  if (last !== undefined && last.href === null)
    parts[parts.length - 1] = { text: last.text + text, href: null };
  else parts.push({ text, href: null });
}
