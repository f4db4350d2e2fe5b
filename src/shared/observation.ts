/**
 * Facts read from upstream and not yet stored (glossary: observation, checkpoint). Connectors produce them, the engine
 * reconciles them, the store writes them; none of the three knows another.
 */
import type { MailboxRole, Person, Protection } from './domain';
import type { Failure } from './failure';

/** Decoded header fields of SYNC-052. Dates in milliseconds UTC; ids without angle brackets. */
export interface HeaderFacts {
  readonly subject: string;
  readonly from: readonly Person[];
  readonly sender: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly date: number | null;
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  /** At most the first 1 and the last 99 (SYNC-323). */
  readonly references: readonly string[];
  readonly listId: string | null;
  readonly listUnsubscribe: string | null;
  readonly listUnsubscribePost: string | null;
  readonly autoSubmitted: string | null;
  readonly precedence: string | null;
  readonly importance: string | null;
  readonly authenticationResults: readonly string[];
  readonly dispositionNotificationTo: string | null;
  /** Where the message came from by its envelope; only where a receipt is wanted, which it is compared with (SYNC-293). */
  readonly returnPath?: string;
  readonly contentType: string | null;
  /** True when nothing could be read from it (SYNC-060). */
  readonly unreadable: boolean;
}

/** One attachment as the body structure announces it. */
export interface PartFacts {
  /** Section number in the body structure ('2.1'); null when only the whole source can give it. */
  readonly section: string | null;
  readonly filename: string;
  readonly mediaType: string;
  /** Decoded bytes, estimated from the encoded size while not downloaded. */
  readonly size: number;
  readonly contentId: string | null;
  readonly inline: boolean;
}

/** Inclusive ranges in ascending order, not touching: a compact set of UIDs. */
export type UidRange = readonly [first: number, last: number];

export interface ObservedMessage {
  readonly uid: number;
  /** JMAP names, lower case; `$deleted` for IMAP \Deleted. Sorted. */
  readonly keywords: readonly string[];
  readonly modseq: string | null;
  /** INTERNALDATE in milliseconds UTC. */
  readonly receivedAt: number;
  readonly size: number;
  /** Equal for two copies of the same message inside one account (SYNC-100); null = matches nothing. */
  readonly identity: string | null;
  /** The server's own thread id where it has one (SYNC-321). */
  readonly remoteThreadId: string | null;
  readonly headers: HeaderFacts;
  readonly hasAttachment: boolean;
  readonly parts: readonly PartFacts[];
}

/**
 * A message of which only rows have to be written: read, hashed and put into the words of the store away from its
 * thread (SYNC-395). Flat, because thousands at a time go from one thread to another.
 */
export interface PackedMessage {
  readonly uid: number;
  /** Of ObservedMessage, with spaces in between. */
  readonly keywords: string;
  readonly modseq: string | null;
  readonly receivedAt: number;
  readonly size: number;
  readonly identity: string | null;
  readonly hasAttachment: boolean;
  readonly subject: string;
  readonly baseSubject: string;
  readonly subjectHash: number;
  /** An answer that does not say to what: only its subject can tell (SYNC-325). */
  readonly looseReply: boolean;
  readonly fromName: string;
  readonly fromAddress: string;
  /** The Date header, or when it was received. */
  readonly date: number;
  /** The server says what its thread is; nothing else may (SYNC-321). */
  readonly remoteThread: boolean;
  /** Keys under which its thread is found, as hashes: of its own id, of the bridge to it, of the ids it names. */
  readonly ownKey: number | null;
  readonly bridgeKey: number | null;
  readonly namedKeys: readonly number[];
  /** HeaderFacts and PartFacts[] as the store keeps them. */
  readonly headersJson: string;
  readonly partsJson: string;
}

export interface FlagFacts {
  readonly uid: number;
  readonly keywords: readonly string[];
  readonly modseq: string | null;
}

/** Where an IMAP mailbox is synced to (SYNC-054). JMAP will have its own kind. */
export interface ImapCheckpoint {
  readonly protocol: 'imap';
  readonly uidValidity: string;
  /** All UIDs below it were considered; new mail has this UID or higher. */
  readonly uidNext: number;
  /** Only ever from SELECT, STATUS or a tagged OK of a completed step (SYNC-075). */
  readonly highestModseq: string | null;
  /** UIDs whose headers are stored; first sync is finished when it covers every UID the server has below uidNext. */
  readonly doneRanges: readonly UidRange[];
  readonly backfillComplete: boolean;
  /** Without CONDSTORE: where the rotating comparison of old flags goes on (SYNC-078). */
  readonly flagScanUid: number;
  /**
   * In the middle of a gap that is taken in slices of UIDs (SYNC-081): what was done up to `uid` brings it to `modseq`,
   * and `highestModseq` becomes that with the last slice. Absent when there is none.
   */
  readonly catchUp?: { readonly modseq: string; readonly uid: number };
}
export type Checkpoint = ImapCheckpoint;

/** STATUS of one mailbox as the listing gives it. */
export interface MailboxStatus {
  readonly messages: number;
  readonly unseen: number;
  readonly uidNext: number;
  readonly uidValidity: string;
  readonly highestModseq: string | null;
  /** Bytes of all messages, where the server counts them (RFC 8438). */
  readonly size?: number;
}

export interface ObservedMailbox {
  /** The name exactly as the server needs it back (raw bytes as latin1 when undecodable); identity upstream. */
  readonly remoteKey: string;
  /** MAILBOXID where offered (SYNC-039). */
  readonly remoteId: string | null;
  readonly path: string;
  readonly delimiter: string | null;
  readonly role: MailboxRole | null;
  readonly selectable: boolean;
  readonly subscribed: boolean;
  /** 'other' namespaces are listed but synced only after opt-in (SYNC-034). */
  readonly namespace: 'personal' | 'other' | 'shared';
  /** Null for containers and where the server refused STATUS. */
  readonly status: MailboxStatus | null;
}

export interface MailboxListing {
  readonly mailboxes: readonly ObservedMailbox[];
  /** Only a complete listing may say that a mailbox is gone (rule 7). */
  readonly complete: boolean;
}

/** One transaction's worth of facts about one mailbox. */
/** A message that broke the link whenever its headers were fetched; `added` has the server's own facts of it. */
export interface Poison {
  readonly uid: number;
  readonly failure: Failure;
}

export interface ObservationBatch {
  readonly uidValidity: string;
  readonly added: readonly PackedMessage[];
  readonly flags: readonly FlagFacts[];
  /** The server said these are gone (VANISHED, EXPUNGE); may name unknown UIDs and be huge. */
  readonly vanished: readonly UidRange[];
  /** The complete, successful, same-validity listing of UIDs; null when this batch has none (SYNC-086). */
  readonly listing: readonly UidRange[] | null;
  /** Valid as soon as this batch is stored, not before (rule 1). */
  readonly checkpoint: Checkpoint;
  /** Of those in `added`, what could not be fetched; for the log. Absent = nothing. */
  readonly poison?: readonly Poison[];
  /** More of the same window follows: it is on its way already, and who stops here throws it away. */
  readonly more?: boolean;
  /** True for old mail found by first sync or backfill: never notified (APP-270). */
  readonly backfill: boolean;
  /** Messages on the server in this mailbox, for progress. */
  readonly serverTotal: number;
}

/** The parsed body of one message; bytes of the whole source where it was fetched whole. */
export interface BodyFacts {
  readonly text: string | null;
  readonly html: string | null;
  readonly snippet: string;
  readonly truncated: boolean;
  readonly protection: Protection;
  readonly charset: string | null;
  readonly attachments: readonly BodyAttachment[];
  /** Byte-identical source; null when only parts were fetched. */
  readonly source: Uint8Array | null;
  /** What it reports of another message; left out where it is no report, or only parts were fetched. */
  readonly report?: MailReport;
}

export interface ReportedRecipient {
  /** As the report names it, without its type. */
  readonly address: string;
  /** Lower case: 'failed', 'delayed', 'delivered', 'relayed', 'expanded', 'displayed', 'deleted' … */
  readonly action: string;
  /** RFC 3463; null without one. */
  readonly status: string | null;
  /** What the other server said, bounded; empty where nothing is told. */
  readonly text: string;
}

/** What a mail system or a reader says about a message (RFC 6522): could it be delivered, was it read? */
export interface MailReport {
  readonly kind: 'delivery' | 'disposition';
  /** Message-IDs it is about, without angle brackets. */
  readonly messageIds: readonly string[];
  /** ENVID that was given when it was submitted (RFC 3461 section 4.4); null without one. */
  readonly envelopeId: string | null;
  readonly recipients: readonly ReportedRecipient[];
}

export interface BodyAttachment extends PartFacts {
  /** Content when it was fetched apart from the source; null = inside `source`, or not downloaded. */
  readonly content: Uint8Array | null;
}

/** Bytes the way the store keeps them (SYNC-340). */
export interface Packed {
  readonly encoding: 'plain' | 'deflate';
  readonly data: Uint8Array;
}

export interface PackedBlob extends Packed {
  /** SHA-256 of the content before packing, lower-case hex. */
  readonly hash: string;
  /** Bytes before packing. */
  readonly size: number;
}

/** A body that only has to be written: parsed, compressed and hashed away from the thread of the store (SYNC-395). */
export interface PackedBody extends Omit<BodyFacts, 'text' | 'html' | 'source' | 'attachments'> {
  readonly text: Packed | null;
  readonly html: Packed | null;
  readonly source: PackedBlob | null;
  readonly attachments: readonly (PartFacts & { readonly content: PackedBlob | null })[];
}
