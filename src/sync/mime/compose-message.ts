import type { Person } from '../../shared/domain';

/** Tells revisions of one draft apart upstream; taken out before a message is frozen for sending (SYNC-272). */
export const DRAFT_HEADER = 'X-Homeport-Draft';

export interface ComposeInput {
  /** With angle brackets (SYNC-271); an argument, so that the same input gives the same bytes. */
  readonly messageId: string;
  /** Milliseconds UTC. */
  readonly date: number;
  /** IANA zone the Date header is written in. */
  readonly zone: string;
  readonly from: Person;
  readonly replyTo: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly subject: string;
  /** With angle brackets; null = no answer. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly text: string;
  /** Whole and cleaned by `outgoing-html`; null = plain text only, sent as format=flowed. */
  readonly html: string | null;
  readonly attachments: readonly {
    readonly filename: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    /** Without angle brackets; null = beside the text. */
    readonly contentId: string | null;
  }[];
  /** In this order, for instance Disposition-Notification-To, Importance, Auto-Submitted. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly draft: { readonly token: string; readonly revision: number } | null;
}

export interface ComposedMessage {
  /** What is transmitted: no Bcc, no private header. CRLF, lines of at most 998 octets, 7 bit. */
  readonly transmitted: Uint8Array;
  /** What is filed: the same with Bcc, and the draft header where there is one. */
  readonly filed: Uint8Array;
  /** Some address has octets above 127 left of the @ (SYNC-274). */
  readonly needsUtf8: boolean;
}

/** The bytes of a message (SYNC-270..272, 294; RFC 5322, 2045..2049, 2231, 3676). */
export declare function composeMessage(input: ComposeInput): Promise<ComposedMessage>;
