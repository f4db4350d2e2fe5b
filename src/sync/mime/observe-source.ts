import type { BodyFacts, ObservedMessage } from '../../shared/observation';
import { readReport } from './bounce';
import { makeSnippet } from './make-snippet';
import { messageIdentity } from './message-identity';
import { type ParsedMessage, parseMessage } from './parse-message';

export interface SourcePlace {
  readonly uid: number;
  readonly keywords: readonly string[];
  /** Milliseconds UTC. */
  readonly receivedAt: number;
}

export interface ObservedSource {
  readonly message: ObservedMessage;
  readonly body: BodyFacts;
}

/** A message we have whole (sample, import, local account) as the facts a connector would have observed. */
export function observeSource(raw: Uint8Array, place: SourcePlace): ObservedSource {
  const parsed = parseMessage(raw);
  const body = bodyFacts(parsed, raw);
  return {
    message: {
      uid: place.uid,
      keywords: [...place.keywords].sort(),
      modseq: null,
      receivedAt: place.receivedAt,
      size: raw.length,
      identity: messageIdentity(parsed.facts.messageId, raw.length, parsed.facts.date),
      remoteThreadId: null,
      headers: parsed.facts,
      hasAttachment: parsed.attachments.some(({ inline }) => !inline),
      parts: body.attachments.map(({ content: _, ...part }) => part),
    },
    body,
  };
}

/** What the store keeps of a parsed message; contents of parts stay inside the source (SYNC-342). */
export function bodyFacts(parsed: ParsedMessage, source: Uint8Array): BodyFacts {
  const isReport = /^\s*multipart\/report\b/i.test(parsed.facts.contentType ?? '');
  const report = isReport ? readReport(source) : null;
  return {
    ...(report === null ? {} : { report }),
    text: parsed.text,
    html: parsed.html,
    snippet: makeSnippet(parsed.text, parsed.html),
    truncated: parsed.truncated,
    protection: parsed.protection,
    charset: parsed.charset,
    attachments: parsed.attachments.map(({ section, filename, mediaType, contentId, inline, content }) => ({
      section,
      filename,
      mediaType,
      size: content.length,
      contentId,
      inline,
      content: null,
    })),
    source,
  };
}
