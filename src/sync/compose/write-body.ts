import type { DraftContent } from '../../shared/contract/compose-views';
import type { HeaderFacts } from '../../shared/observation';
import { cleanHtml, outgoingDocument } from '../mime/outgoing-html';
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

/** What was written with the original below it, cleaned for sending; the text stands beside the HTML (APP-121, 122). */
export function writeBody(store: Store, content: DraftContent, zone: string): WrittenBody {
  const quote = quoteOf(store, content, zone);
  if (content.format === 'text') {
    const text = quote ? `${content.body.replace(/\s+$/, '')}\n\n${quote.text}` : content.body;
    return { text, html: null, contentIds: new Set() };
  }
  const own = cleanHtml(content.body, { kind: 'own' });
  const ownText = outgoingText(own.html);
  return {
    html: outgoingDocument(quote ? `${own.html}<br>${quote.html}` : own.html),
    text: quote ? `${ownText}\n\n${quote.text}` : ownText,
    contentIds: new Set([...own.contentIds, ...(quote?.contentIds ?? [])]),
  };
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
