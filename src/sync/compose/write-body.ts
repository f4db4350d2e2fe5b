import type { DraftContent, IdentityView } from '../../shared/contract/compose-views';
import type { HeaderFacts } from '../../shared/observation';
import { cleanHtml, cleanLetter, outgoingDocument } from '../mime/outgoing-html';
import { outgoingText } from '../mime/outgoing-text';
import { attributionOf, quoteOriginal } from '../mime/quote-original';
import type { Store } from '../store/open-store';
import { getBody, listAttachments } from '../store/read/bodies';
import { getMessage } from '../store/read/messages';

export interface WrittenBody {
  readonly text: string;
  /** Null = plain text only. */
  readonly html: string | null;
  /** Content-IDs the text shows pictures by, without angle brackets. */
  readonly contentIds: ReadonlySet<string>;
}

/** What stands between a plain text and its signature (RFC 3676 section 4.3). */
const SIGNATURE = /(?:^|\n)-- \n[\s\S]*$/;

/**
 * What was written with the original below it, cleaned for sending; the text stands beside the HTML (APP-121, 122). The
 * signature is where it was written, or ends everything, as its identity has it (APP-135).
 */
export function writeBody(
  store: Store,
  content: DraftContent,
  { zone, signaturePlace }: { readonly zone: string } & Pick<IdentityView, 'signaturePlace'>,
): WrittenBody {
  const quote = quoteOf(store, content, zone);
  const isBelow = quote !== null && content.quote?.answerBelow === true;
  const isLast = quote !== null && !isBelow && signaturePlace === 'below-quote';
  if (content.format === 'text') {
    const signature = isLast ? (SIGNATURE.exec(content.body)?.[0] ?? '') : '';
    const own = content.body.slice(0, content.body.length - signature.length);
    if (quote && isBelow) return { text: join([quote.text, own]), html: null, contentIds: new Set() };
    const pieces = quote ? [own.replace(/\s+$/, ''), quote.text, signature.replace(/^\n/, '')] : [own];
    return { text: join(pieces), html: null, contentIds: new Set() };
  }
  const own = isLast
    ? cleanLetter(content.body)
    : { ...cleanHtml(content.body, { kind: 'own' }), signature: '' };
  const html = [own.html, quote?.html ?? '', own.signature];
  const text = [outgoingText(own.html), quote?.text ?? '', outgoingText(own.signature)];
  // Below the quote, its signature is the end of everything as it is.
  const inOrder = (pieces: readonly string[]) => (isBelow ? [pieces[1] ?? '', pieces[0] ?? ''] : pieces);
  return {
    html: outgoingDocument(
      inOrder(html)
        .filter((piece, at) => at === 0 || piece !== '')
        .join('<br>'),
    ),
    text: join(inOrder(text)),
    contentIds: new Set([...own.contentIds, ...(quote?.contentIds ?? [])]),
  };
}

/** What was written, even nothing, and below it what there is. */
function join(pieces: readonly string[]): string {
  return pieces.filter((piece, at) => at === 0 || piece !== '').join('\n\n');
}

/** The original as it is on this computer; null = nothing is quoted. */
function quoteOf({ read }: Store, { quote }: DraftContent, zone: string) {
  if (!quote?.included) return null;
  const original = getMessage(read, quote.messageId);
  if (!original) return null;
  const body = getBody(read, quote.messageId);
  const headers = JSON.parse(original.headers_json) as HeaderFacts;
  return quoteOriginal({
    kind: quote.kind,
    attribution: attributionOf(quote.kind, headers, zone),
    originalHtml: body?.html ?? null,
    originalText: body?.text ?? null,
    selection: quote.selection,
    contentIds: listAttachments(read, quote.messageId).flatMap(({ content_id }) =>
      content_id === null ? [] : [content_id.replace(/^<|>$/g, '')],
    ),
  });
}
