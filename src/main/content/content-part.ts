import type { MessageId } from '../../shared/domain';

/** Which bytes of a message are wanted: an attachment by position, a picture by Content-ID, or the raw source. */
export type ContentPart =
  | { readonly kind: 'attachment'; readonly index: number; readonly inside?: Inside }
  | { readonly kind: 'cid'; readonly contentId: string; readonly inside?: Inside }
  | { readonly kind: 'source' }
  | { readonly kind: 'body'; readonly as: 'html' | 'text'; readonly charset: string | null };

/** The way into messages attached to messages: positions of attachments, outermost first. */
type Inside = readonly number[] | undefined;

export interface ContentRequest {
  readonly messageId: MessageId;
  readonly part: ContentPart;
}

/** Decoded bytes; `mediaType` and `filename` are what the message claims and must not be trusted. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly filename: string;
}
