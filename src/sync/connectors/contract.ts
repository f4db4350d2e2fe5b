/**
 * The Connector port: everything the engine knows about an upstream protocol. One suite (test/conformance/connector.ts)
 * runs over the fake and every real connector. Connectors never throw for what a server did: they answer Failures.
 */
import type { ProbeView } from '../../shared/contract/views';
import type { Keyword, MailboxRole } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type {
  Checkpoint,
  MailboxListing,
  MailboxStatus,
  ObservationBatch,
  PackedBlob,
  PackedBody,
  PackedMessage,
  UidRange,
} from '../../shared/observation';
import type { Outcome } from '../../shared/outcome';
import type { QueryNode } from '../../shared/search/query';

/** What the server can do, in the words the plan needs (SYNC-030). */
export interface ServerCapabilities {
  readonly condstore: boolean;
  readonly qresync: boolean;
  readonly idle: boolean;
  readonly move: boolean;
  readonly uidplus: boolean;
  readonly esearch: boolean;
  readonly listStatus: boolean;
}

/** Bytes and round trips since the last time it was read; for sync_log and the wire budget tests. */
export interface Traffic {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly roundTrips: number;
}

/** How a mailbox is to be brought up to date; chosen by the pure engine/plan-pull (SYNC-070). */
export type PullPlan =
  | { readonly kind: 'nothing' }
  /** Nothing stored yet: newest window first, then downwards (SYNC-053). */
  | { readonly kind: 'initial' }
  /** Continue the download of old headers from the checkpoint's doneRanges. */
  | { readonly kind: 'backfill' }
  /** `inSlices`: so much changed that it is asked for by slices of UIDs, each with a checkpoint of its own (SYNC-081). */
  | { readonly kind: 'qresync'; readonly inSlices?: true }
  | { readonly kind: 'condstore'; readonly compareUids: boolean; readonly inSlices?: true }
  /**
   * Plain server: new UIDs, flags of the newest and one slice of the rest, UID comparison (SYNC-078, 085).
   * `full` compares the flags of everything at once (SYNC-077: modification sequences went backwards).
   */
  | { readonly kind: 'window-scan'; readonly full: boolean }
  /** UIDVALIDITY changed: list everything newest first, known messages are re-linked by identity (SYNC-082). */
  | { readonly kind: 'revalidate' };

export interface PullRequest {
  readonly remoteKey: string;
  readonly plan: Exclude<PullPlan, { kind: 'nothing' }>;
  readonly checkpoint: Checkpoint | null;
  /** UIDs we have stored for this mailbox and validity, ascending. */
  readonly knownUids: readonly UidRange[];
  /** Most messages of the first window (SYNC-051: 100 for the inbox). */
  readonly firstWindow: number;
  /** What the listing that began the cycle said of the mailbox. */
  readonly status?: MailboxStatus | null;
  /** Asked before a window is fetched ahead: true when something more urgent waits for the connection (SYNC-056). */
  readonly shouldYield?: () => boolean;
}

/** One message upstream. The identity guards against acting on a reused UID. */
export interface RemoteMessage {
  readonly uidValidity: string;
  readonly uid: number;
  readonly identity: string | null;
}

export interface BodyRequest {
  readonly remoteKey: string;
  readonly uidValidity: string;
  readonly messages: readonly {
    readonly uid: number;
    readonly size: number;
    readonly textSections: readonly string[] | null;
  }[];
  /** Messages above this many bytes give only their text parts (attachments on demand). */
  readonly wholeBelowBytes: number;
}
export interface BodyResult {
  readonly uid: number;
  /**
   * Null when the server no longer has the message; 'unreadable' when nothing can be made of what it sent; 'failed' when
   * asking for it failed twice, the second time for it alone (SYNC-060).
   */
  readonly body: PackedBody | 'unreadable' | 'failed' | null;
  /** Of 'failed': what happened the second time. Whether the message is to blame is for the engine to find out. */
  readonly failure?: Failure;
}

/** One upstream action of one pending change, over at most 1,000 messages. Ids inside are upstream's. */
export type PushAction =
  | {
      readonly kind: 'keywords';
      readonly remoteKey: string;
      readonly messages: readonly RemoteMessage[];
      readonly add: readonly Keyword[];
      readonly remove: readonly Keyword[];
    }
  | {
      readonly kind: 'move';
      readonly remoteKey: string;
      readonly messages: readonly RemoteMessage[];
      readonly toRemoteKey: string;
    }
  | { readonly kind: 'delete'; readonly remoteKey: string; readonly messages: readonly RemoteMessage[] }
  | {
      readonly kind: 'create-mailbox';
      /** Levels from the top. */
      readonly path: readonly string[];
      readonly role: MailboxRole | null;
      /** The mailbox the last level goes into, where the server knows it; else it is told by the path. */
      readonly parent?: RemoteParent | null;
    }
  | {
      /** What lies in it goes along, and so does what people subscribed to (SYNC-042). */
      readonly kind: 'rename-mailbox';
      readonly remoteKey: string;
      /** Null = at the top, below the personal prefix. */
      readonly parent: RemoteParent | null;
      readonly name: string;
      /** Names of it and of what lies in it that are subscribed to: servers leave subscriptions at the old name. */
      readonly subscribed: readonly string[];
    }
  | {
      /** Only when nothing lies in it: what people had in it was moved before. */
      readonly kind: 'delete-mailbox';
      readonly remoteKey: string;
      /** The mailbox that is meant: another one of that name is left alone. Null = not known, a container. */
      readonly uidValidity: string | null;
    }
  | { readonly kind: 'subscribe-mailbox'; readonly remoteKey: string; readonly subscribed: boolean };

/** A mailbox that holds others, in the server's words. */
export interface RemoteParent {
  readonly remoteKey: string;
  readonly delimiter: string | null;
}

/** Actions on mailboxes, as opposed to messages in one. */
export type MailboxAction = Extract<
  PushAction,
  { readonly kind: 'create-mailbox' | 'rename-mailbox' | 'delete-mailbox' | 'subscribe-mailbox' }
>;

export function isMailboxAction(action: PushAction): action is MailboxAction {
  return action.kind.endsWith('-mailbox');
}

/**
 * What must be committed before the first byte leaves, so that an unknown outcome can be probed (SYNC 7.3 "written first").
 * Taken by `preparePush`; stored in pending_changes.wire.
 */
export interface WireRecord {
  readonly source: MailboxStatus | null;
  readonly destination: MailboxStatus | null;
  /** Of a move: by UID, what tells messages again that have no identity. */
  readonly fingerprints?: Readonly<Record<string, string>>;
}

export type PushItemResult =
  | {
      readonly uid: number;
      readonly result: 'done';
      readonly newUid: number | null;
      readonly newUidValidity: string | null;
      /** What the server has there now, our change and whatever else it made of it (SYNC-263); absent = it did not say. */
      readonly keywords?: readonly Keyword[];
    }
  /** Not in the source any more: table of section 8 decides. */
  | { readonly uid: number; readonly result: 'gone' }
  | { readonly uid: number; readonly result: 'failed'; readonly failure: Failure };

export interface PushReport {
  /** One entry for every message of the action, any order; empty for actions on mailboxes. */
  readonly items: readonly PushItemResult[];
  /** Actions on mailboxes: the server's name of the one that was created, renamed (the new one), deleted or subscribed. */
  readonly createdRemoteKey: string | null;
  /** Keywords of the action that this mailbox does not keep and that were not sent (SYNC-092); absent = none. */
  readonly notKept?: readonly Keyword[];
  /** Whether the mailbox keeps labels people make; absent = it was not asked. */
  readonly keepsLabels?: boolean;
}

/** Answer of looking before repeating (SYNC-255). 'repeat' = certainly not done for these. */
export interface ProbeReport {
  readonly done: readonly {
    readonly uid: number;
    readonly newUid: number | null;
    readonly newUidValidity: string | null;
  }[];
  readonly repeat: readonly number[];
  readonly gone: readonly number[];
  /** Actions on mailboxes: as in PushReport where it is certainly done; null or absent = not done, repeat it. */
  readonly mailboxKey?: string | null;
}

/** A message of our own that goes into a mailbox: a sent copy, an import, a revision of a draft. */
export interface AppendRequest {
  readonly remoteKey: string;
  /** RFC 5322 with CRLF, byte for byte what is stored here. */
  readonly source: Uint8Array;
  /** Of its header, with angle brackets. */
  readonly messageId: string;
  readonly keywords: readonly Keyword[];
  /** INTERNALDATE, milliseconds UTC. */
  readonly receivedAt: number;
  /** What its private header says (see mime/compose-message); null for all but drafts. */
  readonly draft: { readonly token: string; readonly revision: number } | null;
  readonly replaces: RemoteMessage | null;
}
export interface AppendReport {
  /** Null where the server does not say (no UIDPLUS) and looking did not find it: the next pull binds it by identity. */
  readonly uid: number | null;
  readonly uidValidity: string | null;
}

export type WatchEvent =
  | { readonly kind: 'watching' }
  | { readonly kind: 'dirty' }
  /** The watch ended; the engine reconnects with backoff. */
  | { readonly kind: 'ended'; readonly failure: Failure };

/** Which connection of the account does the work (SYNC-121). */
export type ConnectionRole = 'interactive' | 'bulk';

/** A connection as it is at this moment (SYNC-404). */
export interface ConnectionState {
  readonly role: ConnectionRole | 'watch';
  /** The open mailbox, as shown to people. */
  readonly mailbox: string | null;
  /** A command is on its way. */
  readonly busy: boolean;
}

/** One limit of the account at its server: bytes for 'storage', a number of messages for 'messages'. */
export interface QuotaResource {
  readonly kind: 'storage' | 'messages';
  readonly used: number;
  readonly limit: number;
}

/** Which messages of a mailbox are meant: by UID, or the newest so many UIDs. */
export type IdentityQuery =
  | { readonly kind: 'uids'; readonly ranges: readonly UidRange[] }
  | { readonly kind: 'newest'; readonly count: number };

/** Every UID a mailbox has. */
export interface UidListing {
  readonly uidValidity: string;
  readonly uids: readonly UidRange[];
}

export interface IdentityListing {
  readonly uidValidity: string;
  /** By UID; null where the message has no identity. */
  readonly identities: ReadonlyMap<number, string | null>;
}

/** A person's query for one mailbox at its server. */
export interface ServerSearch {
  readonly remoteKey: string;
  readonly query: QueryNode;
  /** What "yesterday" is counted from, milliseconds UTC. */
  readonly nowMs: number;
  /** UIDs whose header facts are stored: of all others they come with the answer. */
  readonly knownUids: readonly UidRange[];
}

export interface ServerSearchReport {
  readonly uidValidity: string;
  /** Hits, the newest first; bounded. Empty when nothing of the query could be asked. */
  readonly uids: readonly number[];
  /** Header facts of hits that were not known; bounded. */
  readonly added: readonly PackedMessage[];
  /** Operators the server does not know, as written: the hits are those of the rest of the query. */
  readonly untranslated: readonly string[];
}

export interface WatchOptions {
  /** Where the server cannot tell by itself it is asked less often while nobody can see a window (SYNC-119). */
  readonly isVisible?: () => boolean;
  /** What was synced before the watch began. */
  readonly synced?: Checkpoint | null;
}

export interface Connector {
  /** Logs in if needed and says what the server can do. */
  connect(role: ConnectionRole, signal: AbortSignal): Promise<Outcome<ServerCapabilities>>;
  /** One listing of all mailboxes with roles and STATUS (SYNC-032, 033). */
  listMailboxes(signal: AbortSignal): Promise<Outcome<MailboxListing>>;
  /** Yields batches in the order they must be stored; a failure is the last value. Each batch is one transaction. */
  pull(request: PullRequest, signal: AbortSignal): AsyncGenerator<Outcome<ObservationBatch>, void, void>;
  fetchBodies(
    role: ConnectionRole,
    request: BodyRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Outcome<BodyResult>, void, void>;
  /** One part by its section, decoded. */
  fetchPart(
    remoteKey: string,
    message: RemoteMessage,
    section: string,
    signal: AbortSignal,
  ): Promise<Outcome<PackedBlob | null>>;
  /** The whole source, byte-identical. */
  fetchSource(
    remoteKey: string,
    message: RemoteMessage,
    signal: AbortSignal,
  ): Promise<Outcome<PackedBlob | null>>;
  preparePush(action: PushAction, signal: AbortSignal): Promise<Outcome<WireRecord>>;
  /** `unknown-outcome` when the link was lost after the command was written: the engine probes, never repeats on a guess. */
  push(action: PushAction, wire: WireRecord, signal: AbortSignal): Promise<Outcome<PushReport>>;
  probePush(action: PushAction, wire: WireRecord, signal: AbortSignal): Promise<Outcome<ProbeReport>>;
  /** What must be committed before `append`: where the mailbox stands (SYNC 7.3, "append", "save draft"). */
  prepareAppend(request: AppendRequest, signal: AbortSignal): Promise<Outcome<WireRecord>>;
  /**
   * Files one message; `unknown-outcome` when the link was lost after the literal began. With `replaces`, the old one is
   * removed after the new one is there (SYNC-303).
   */
  append(request: AppendRequest, wire: WireRecord, signal: AbortSignal): Promise<Outcome<AppendReport>>;
  /** Looks from the noted UIDNEXT on for the same Message-ID (and token and revision of a draft); null = not there. */
  probeAppend(
    request: AppendRequest,
    wire: WireRecord,
    signal: AbortSignal,
  ): Promise<Outcome<AppendReport | null>>;
  /** Messages of a mailbox with this Message-ID from a UID on: was it filed by the server, did it arrive (SYNC-279, 284)? */
  findByMessageId(
    remoteKey: string,
    messageId: string,
    fromUid: number,
    signal: AbortSignal,
  ): Promise<Outcome<readonly RemoteMessage[]>>;
  /** Every revision of a draft that carries this token (SYNC-305), newest revision first. */
  findDrafts(
    remoteKey: string,
    token: string,
    signal: AbortSignal,
  ): Promise<Outcome<readonly (RemoteMessage & { readonly revision: number })[]>>;
  /**
   * Watches one mailbox on a connection of its own until aborted (SYNC-115..117). It begins with one 'dirty', except where
   * the server proves that nothing happened since `synced`, while old mail is still coming.
   */
  watch(
    remoteKey: string,
    signal: AbortSignal,
    options?: WatchOptions,
  ): AsyncGenerator<WatchEvent, void, void>;
  /** How full the account is (SYNC-044); empty where the server sets no limit. Absent where the protocol cannot say. */
  quota?(signal: AbortSignal): Promise<Outcome<readonly QuotaResource[]>>;
  /** Which messages a mailbox holds, by identity (SYNC-007). Absent where the protocol has an account id of its own. */
  identities?(
    remoteKey: string,
    query: IdentityQuery,
    signal: AbortSignal,
  ): Promise<Outcome<IdentityListing>>;
  /**
   * Every UID of a mailbox over a fresh connection, for a second opinion (SYNC-087); null where the server's answer is
   * not complete. Absent where the protocol has no UIDs.
   */
  listUids?(remoteKey: string, signal: AbortSignal): Promise<Outcome<UidListing | null>>;
  /** Looks for messages by words on the server (SYNC-374). Absent where the protocol cannot. */
  search?(request: ServerSearch, signal: AbortSignal): Promise<Outcome<ServerSearchReport>>;
  /** The computer is in another network: no connection is trusted before it was proven (SYNC-118). */
  networkChanged?(): void;
  /** What is open now. */
  connections(): ConnectionState[];
  /** Traffic since the last call. */
  takeTraffic(): Traffic;
  /** What the server wants people to read, since the last call (SYNC-134). Absent where a protocol has no such words. */
  takeAlerts?(): readonly string[];
  /** Ends all connections within 2 s (SYNC-403). */
  close(): Promise<void>;
}

/** Step-by-step connection test (SYNC-002, APP-007); needs no stored account. */
export type ProbeServer = (signal: AbortSignal) => Promise<ProbeView>;

/** Marks that are committed one by one while a message is handed over (SYNC-277). */
export const SUBMIT_STAGES = ['connected', 'envelope-ok', 'data-started', 'terminator-handed-over'] as const;
export type SubmitStage = (typeof SUBMIT_STAGES)[number];

/** One message to hand over: frozen, the same in every attempt (SYNC-270). */
export interface Submission {
  readonly from: string;
  /** Addresses only; those not accepted yet. */
  readonly to: readonly string[];
  /** RFC 5322 with CRLF, without Bcc and private headers; not dot-stuffed. */
  readonly bytes: Uint8Array;
  /** Some address or header has octets above 127: the server must offer SMTPUTF8 (SYNC-274). */
  readonly needsUtf8: boolean;
  readonly dsn: {
    readonly notify: readonly ('success' | 'failure' | 'delay')[];
    readonly envid: string;
  } | null;
}
export interface SubmitOptions {
  /** False: any permanent refusal before DATA ends it with RSET and nothing is sent (SYNC-276). */
  readonly sendToOthers: boolean;
  /** Must return only when the mark is committed. */
  onStage(stage: SubmitStage): void;
  /** Bytes of `Submission.bytes` that the link has taken; not those that still wait for room. */
  onProgress(sentBytes: number): void;
}
export interface SubmitReport {
  /** 'refused' = certainly nothing was sent. */
  readonly result: 'accepted' | 'refused';
  readonly recipients: readonly { readonly address: string; readonly failure: Failure | null }[];
  /** What the server answered after the last byte, bounded; empty with 'refused'. */
  readonly queueText: string;
  /** With 'refused': why, where it is no matter of single recipients. */
  readonly failure: Failure | null;
}
/** What the submission server takes, as it said last. */
export interface SubmitLimits {
  readonly maxBytes: number | null;
  readonly utf8: boolean;
  readonly dsn: boolean;
}
/**
 * Hands messages to transport (glossary: submission). A failure means that nothing was sent, but for 'unknown-outcome':
 * the link was lost after the last byte was handed over and before the answer (RFC 1047). Never repeats by itself.
 */
export interface Submitter {
  submit(submission: Submission, options: SubmitOptions, signal: AbortSignal): Promise<Outcome<SubmitReport>>;
  limits(signal: AbortSignal): Promise<Outcome<SubmitLimits>>;
  takeTraffic(): Traffic;
  close(): Promise<void>;
}
