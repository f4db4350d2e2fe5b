import type { DraftContent } from '../../shared/contract/compose-views';
import { letterText } from './letter-text';

/** A letter's text with a signature below it, in the letter's own format. */
export function signed(
  { format, body }: Pick<DraftContent, 'format' | 'body'>,
  signatureHtml: string,
): string {
  return format === 'html'
    ? `${body === '' ? '<p></p>' : body}<div data-signature="">${signatureHtml}</div>`
    : `${body}\n\n-- \n${letterText(signatureHtml)}`;
}
