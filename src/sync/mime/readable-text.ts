import { htmlToText } from './html-to-text';

/** Markup is many times as long as the text in it; what lies behind so much of it is not asked for. */
const MARKUP_PER_TEXT = 20;

/** The words of a body as a person reads them: its text, else those of its HTML. About `maxLength` UTF-16 units. */
export function readableText(
  { text, html }: { readonly text: string | null; readonly html: string | null },
  maxLength: number,
): string {
  if (text !== null && text.trim() !== '') return text.slice(0, maxLength);
  return html === null ? '' : htmlToText(html.slice(0, maxLength * MARKUP_PER_TEXT), { maxLength });
}
