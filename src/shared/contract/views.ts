import { z } from 'zod';
import {
  AccountId,
  AccountState,
  ChangeId,
  GestureId,
  Keyword,
  ListId,
  MailboxId,
  MailboxRole,
  MessageId,
  Origin,
  PendingState,
  Person,
  Protection,
  Protocol,
  RequestId,
  Seq,
  ThreadId,
} from '../domain';
import { FAILURE_KINDS } from '../failure';
import { OLDER_PAGE } from '../older-messages';
import { OAuthClient } from './oauth-settings';
import { SubmissionSettings } from './submission-settings';

/** Milliseconds since 1970 UTC. */
export const Instant = z.int();

/** A failure as people see it: what failed, what the server said, what to do. */
export const FailureView = z.object({
  kind: z.enum(FAILURE_KINDS),
  message: z.string(),
  hint: z.string().optional(),
  serverText: z.string().optional(),
  /** The server's own, such as 5.1.1 (RFC 3463); for the details (UI-054). */
  code: z.string().optional(),
  reason: z.string().optional(),
  /** The account that is here already (SYNC-006). */
  accountId: AccountId.optional(),
  certificate: z
    .object({
      host: z.string(),
      port: z.int(),
      fingerprint: z.string(),
      subject: z.string(),
      issuer: z.string(),
      validFrom: z.string(),
      validTo: z.string(),
    })
    .optional(),
});
export type FailureView = z.infer<typeof FailureView>;

export const AccountView = z.object({
  id: AccountId,
  protocol: Protocol,
  name: z.string(),
  email: z.string(),
  /** Index into the eight account hues (ui.md section 5). */
  hue: z.int().min(0).max(7),
  position: z.int(),
  state: AccountState,
  failure: FailureView.nullable(),
  /** End of the last successful cycle (SYNC-313). */
  lastSyncedAt: Instant.nullable(),
  /** How new mail reaches us now: 'idle', 'poll' or 'none'. */
  watch: z.enum(['idle', 'poll', 'none']),
  /** When everything here was last compared with the server (SYNC-396); null = not yet. */
  verifiedAt: Instant.nullable(),
  /**
   * What it has outside of trash and junk, pending changes included (SYNC-380); `drafts` = messages among the drafts,
   * `outbox` = what has not left yet or needs a word, `snoozed` = what is put off.
   */
  counters: z.object({
    total: z.int(),
    unread: z.int(),
    threads: z.int(),
    unreadThreads: z.int(),
    drafts: z.int(),
    outbox: z.int(),
    snoozed: z.int(),
  }),
  /** How full the account is at its server (SYNC-044): bytes, or a number of messages; empty = no limit is known. */
  quota: z.array(z.object({ kind: z.enum(['storage', 'messages']), used: z.number(), limit: z.number() })),
  /** While the provider's download limit is used up: until when only what is opened is loaded (SYNC-063). */
  downloadsPausedUntil: Instant.nullable(),
  pinnedCertificates: z.array(z.object({ host: z.string(), port: z.int(), fingerprint: z.string() })),
  /** How its sign-in with the browser is made; null or absent = it has a password. */
  oauth: OAuthClient.nullable().optional(),
  server: z
    .object({
      host: z.string(),
      port: z.int(),
      security: z.enum(['tls', 'starttls', 'none']),
      user: z.string(),
    })
    .nullable(),
  /** Where it sends, as the user of `server` where none is named; null or absent = it only receives. */
  submission: SubmissionSettings.nullable().optional(),
});
export type AccountView = z.infer<typeof AccountView>;

export const MailboxView = z.object({
  id: MailboxId,
  accountId: AccountId,
  parentId: MailboxId.nullable(),
  /** Full decoded path with the server's own delimiter, for example 'Archive/2025'. */
  path: z.string(),
  /** Last level of the path, as shown. */
  name: z.string(),
  role: MailboxRole.nullable(),
  /** False for containers without messages (\Noselect). */
  selectable: z.boolean(),
  /** What ends a level in paths there; null = the account has no folders inside folders. */
  delimiter: z.string().nullable(),
  subscribed: z.boolean(),
  /** Counters of what is on this computer, pending changes included (SYNC-380). */
  total: z.int(),
  unread: z.int(),
  /** Conversations with a message in it, and of these the unread ones. */
  threads: z.int(),
  unreadThreads: z.int(),
  /**
   * What the server says it holds; null before the first listing. For the coverage meter and audits, never a badge
   * (SYNC-383).
   */
  serverTotal: z.int().nullable(),
  serverUnread: z.int().nullable(),
  /** Messages whose header facts are stored, and of these the ones whose body is stored. */
  stored: z.int(),
  bodies: z.int(),
  /** Of the stored ones, how many a search finds by all it will ever know of them. */
  indexed: z.int(),
  /** What of it is kept here (SYNC-043): with an age limit, bodies of the last so many days. */
  policy: z.enum(['off', 'headers', 'text', 'everything']),
  ageLimitDays: z.int().nullable(),
  lastSyncedAt: Instant.nullable(),
  /** When it was last compared with its server in full (SYNC-058); null = not yet. */
  verifiedAt: Instant.nullable(),
  /** True when every header the server has is here (first sync finished). */
  complete: z.boolean(),
  /** True when labels given to mail in it stay on this computer: its server keeps none (SYNC-092). */
  labelsHere: z.boolean(),
});
export type MailboxView = z.infer<typeof MailboxView>;

/** One list in the side bar: a mailbox or a smart list; counters in conversations and messages. */
export const ListView = z.object({
  id: ListId,
  /** 'threads' = a row is a conversation, 'messages' = a row is one message. */
  mode: z.enum(['threads', 'messages']),
  rows: z.int(),
  unreadRows: z.int(),
  unreadMessages: z.int(),
});
export type ListView = z.infer<typeof ListView>;

export const ListSort = z.enum(['date', 'sender', 'subject', 'size', 'unread', 'starred']);
export type ListSort = z.infer<typeof ListSort>;

/** What a list shows of itself: conversations with something unread, with a star, with an attachment. */
export const ListFilter = z.enum(['unread', 'starred', 'attachments']);
export type ListFilter = z.infer<typeof ListFilter>;

/** Rows that stay in a filtered list although they do not match it any more, at most as many as were on screen. */
export const KeptItems = z.array(z.int().positive()).max(200);

/** The mark of a row whose change is not yet at the server. */
export const RowMark = z.enum(['none', 'waiting', 'parked']);

/** One row of the message list (ui.md section 3). `itemId` is a thread id or a message id, by the list's mode. */
export const ListRow = z.object({
  itemId: z.int().positive(),
  threadId: ThreadId,
  /** Newest message of the row in this list. */
  messageId: MessageId,
  accountId: AccountId,
  subject: z.string(),
  snippet: z.string(),
  /** First two and newest senders in order (UI-026); `me` marks the account's own address. */
  participants: z.array(z.object({ name: z.string(), address: z.string(), me: z.boolean() })),
  /** Messages of the conversation that this row stands for. */
  messageCount: z.int(),
  unreadCount: z.int(),
  starred: z.boolean(),
  answered: z.boolean(),
  forwarded: z.boolean(),
  draft: z.boolean(),
  hasAttachment: z.boolean(),
  /** Labels (keywords that are no marks of the system), sorted. */
  labels: z.array(Keyword),
  date: Instant,
  /** Bytes of all messages of the row. */
  size: z.int(),
  mark: RowMark,
  /** In the view of what is put off: when the row comes back; else null. */
  snoozedUntil: Instant.nullable(),
  /** In an inbox: since when a row that was put off is back, as long as nothing newer came; else null (UI-024). */
  backSince: Instant.nullable(),
});
export type ListRow = z.infer<typeof ListRow>;

export const ListPage = z.object({
  rows: z.array(ListRow),
  /** Index of rows[0] in the whole sorted list. */
  firstIndex: z.int(),
  total: z.int(),
  /** Change-log position the page was read at: everything up to it is in the page. */
  seq: Seq,
});
export type ListPage = z.infer<typeof ListPage>;

export const AttachmentView = z.object({
  /** Position in the message's list of attachments, from 0. */
  index: z.int().nonnegative(),
  filename: z.string(),
  mediaType: z.string(),
  /** Decoded bytes; an estimate while `state` is 'not-downloaded'. */
  size: z.int(),
  contentId: z.string().nullable(),
  /** True when the message's HTML shows it in place (cid:). */
  inline: z.boolean(),
  state: z.enum(['here', 'not-downloaded', 'gone']),
  /** Why it must not be opened directly (APP-090); null = no concern. */
  danger: z.enum(['macro', 'executable', 'disguised']).nullable(),
});
export type AttachmentView = z.infer<typeof AttachmentView>;

export const MessageView = z.object({
  id: MessageId,
  threadId: ThreadId,
  accountId: AccountId,
  mailboxIds: z.array(MailboxId),
  from: z.array(Person),
  sender: z.array(Person),
  replyTo: z.array(Person),
  to: z.array(Person),
  cc: z.array(Person),
  bcc: z.array(Person),
  subject: z.string(),
  snippet: z.string(),
  /** Date header, or when the server received it. */
  date: Instant,
  receivedAt: Instant,
  size: z.int(),
  keywords: z.array(Keyword),
  hasAttachment: z.boolean(),
  messageId: z.string().nullable(),
  /** 'here' = body on this computer; 'queued' = will be loaded when online (APP-098). */
  body: z.enum(['here', 'not-downloaded', 'queued', 'gone', 'unreadable']),
  mark: RowMark,
  /** Whom the user knows under the sender's name, but with other addresses (APP-087); null for ordinary mail. */
  namesake: z
    .object({
      name: z.string(),
      /** Lower case, at least one. */
      addresses: z.array(z.string()),
      /** True when the message says that a list passed it on. */
      throughList: z.boolean(),
    })
    .nullable(),
  /** When it comes back, while it is put off (APP-163). */
  snoozedUntil: Instant.nullable(),
  /** Whether the user wrote it: the account's own address, and where his programs put what he wrote (APP-086). */
  mine: z.boolean(),
  /** Keywords of it that stay on this computer because the server keeps no labels (SYNC-092). */
  labelsHere: z.array(Keyword),
  /**
   * The sender asked to be told that it was read (RFC 8098), and nobody has answered yet; null = not asked, or answered.
   * `mismatch`: the answer would go elsewhere than to where the message came from, so it is always asked (SYNC-293).
   */
  receipt: z.object({ to: z.array(Person), mismatch: z.boolean(), known: z.boolean() }).nullable(),
});
export type MessageView = z.infer<typeof MessageView>;

/** Messages of a conversation from the position `from` on, oldest first. */
export const ThreadPage = z.strictObject({
  from: z.int().nonnegative(),
  count: z.int().min(1).max(OLDER_PAGE),
});

export const ThreadView = z.object({
  id: ThreadId,
  accountId: AccountId,
  subject: z.string(),
  /** Oldest first; with a page that was asked for, only that. */
  messages: z.array(MessageView),
  /** Positions [from, to) that `messages` leaves out, counted from the oldest; empty when it is whole or a page. */
  hidden: z.object({ from: z.int(), to: z.int() }),
  /** Labels of all its messages, sorted. */
  labels: z.array(Keyword),
  /** Those of them that stay on this computer because the server keeps none (SYNC-092). */
  labelsHere: z.array(Keyword),
  seq: Seq,
});
export type ThreadView = z.infer<typeof ThreadView>;

/** Text of a message cut where quotes and the signature begin. */
export const TextSegment = z.object({ kind: z.enum(['text', 'quote', 'signature']), text: z.string() });

export const BodyView = z.object({
  messageId: MessageId,
  /** Plain text as segments; from the HTML when the message has no text part. */
  segments: z.array(TextSegment),
  /** Unsanitised HTML as sent; only the isolated viewer frame may render it. Null when the message has none. */
  html: z.string().nullable(),
  /** True when a bound cut the text or HTML; the raw source has all of it. */
  truncated: z.boolean(),
  /** True when this answer's own bound cut it: the content part `body` has all of it. */
  moreHere: z.boolean(),
  attachments: z.array(AttachmentView),
  protection: Protection,
  /** Verdict of the account's own server (RFC 8601); APP-086. */
  authentication: z.object({
    verdict: z.enum(['verified', 'unverified', 'suspicious']),
    domain: z.string().nullable(),
    results: z.array(z.object({ method: z.string(), result: z.string(), detail: z.string() })),
  }),
  /** True when the sender is on the user's list for remote pictures. */
  remoteAllowed: z.boolean(),
  unsubscribe: z.object({
    http: z.string().nullable(),
    mailto: z.string().nullable(),
    oneClick: z.boolean(),
  }),
  /** Charset that was used, for "choose another character set". */
  charset: z.string().nullable(),
});
export type BodyView = z.infer<typeof BodyView>;

/** One entry of the waiting / needs-attention panel (APP-193). */
export const PendingView = z.object({
  id: ChangeId,
  gestureId: GestureId,
  accountId: AccountId,
  state: PendingState,
  /** The intent in words a person knows: "Move to Archive". */
  title: z.string(),
  kind: z.string(),
  origin: Origin,
  /** Up to three of the messages it concerns, and how many there are in all. */
  messages: z.array(z.object({ id: MessageId, subject: z.string(), from: z.string() })),
  targetCount: z.int(),
  createdAt: Instant,
  attempts: z.int(),
  nextAttemptAt: Instant.nullable(),
  failure: FailureView.nullable(),
  /** True when it counts as troubled (SYNC-241) or is parked. */
  troubled: z.boolean(),
  /** Where the server has its messages: what is on screen once the change is discarded. */
  serverMailboxIds: z.array(MailboxId),
  /** False for one that nobody understands (SYNC-250): it can only be given up. */
  retryable: z.boolean(),
  /** What can be done besides trying again and giving up (SYNC-242). */
  alternatives: z.array(z.enum(['choose-folder', 'create-folder'])),
});
export type PendingView = z.infer<typeof PendingView>;

/** Who did what with one message, and when (SYNC-315). */
export const HistoryEntry = z.discriminatedUnion('kind', [
  /** It came into a mailbox, left it, or its marks there changed. */
  z.object({
    kind: z.literal('fact'),
    at: Instant,
    origin: Origin,
    what: z.enum(['came', 'left', 'marks']),
    mailboxId: MailboxId,
    /** Null when the mailbox is gone. */
    mailbox: z.string().nullable(),
  }),
  /** Somebody wanted something of it: what is waiting or parked, and what became of the rest. */
  z.object({
    kind: z.literal('intent'),
    at: Instant,
    origin: Origin,
    /** In words a person knows: "Move to Archive". */
    title: z.string(),
    state: z.enum([...PendingState.options, 'settled', 'discarded', 'replaced']),
    finishedAt: Instant.nullable(),
    gestureId: GestureId,
    /** False once it is undone, given up, or too long ago (SYNC-246). */
    canUndo: z.boolean(),
    failure: FailureView.nullable(),
  }),
]);
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** One row of sync_log (SYNC-310). */
export const SyncLogView = z.object({
  id: z.int(),
  accountId: AccountId,
  kind: z.enum(['list', 'pull', 'push', 'watch', 'send', 'auth', 'audit', 'state']),
  mailbox: z.string().nullable(),
  trigger: z.enum(['push', 'poll', 'user', 'start', 'device']),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  result: z.enum(['ok', 'partial', 'error', 'cancelled']).nullable(),
  seen: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  pushed: z.int(),
  parked: z.int(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  roundTrips: z.int(),
  failure: FailureView.nullable(),
  /** Opaque words for where it was synced to, before and after: equal = nothing moved. Null where none was at stake. */
  checkpointBefore: z.string().nullable(),
  checkpointAfter: z.string().nullable(),
});
export type SyncLogView = z.infer<typeof SyncLogView>;

/** How a round that somebody asked for ended, of one account. */
export const SyncResult = z.object({
  accountId: AccountId,
  result: z.enum(['ok', 'partial', 'error', 'cancelled', 'started']),
  /** Why it ended with 'error' or 'cancelled'. */
  failure: FailureView.nullable(),
  durationMs: z.int(),
  fetched: z.int(),
  changed: z.int(),
  removed: z.int(),
  pushed: z.int(),
  parked: z.int(),
});

/** What the status pill and the sync panel say (UI-050). */
export const StatusView = z.object({
  online: z.boolean(),
  /** True when the user switched the application to offline. */
  offlineByChoice: z.boolean(),
  /** 'choice' = the user wants headers only, 'link' = the system says that the connection is paid by the byte. */
  metered: z.enum(['no', 'choice', 'link']),
  lastSyncedAt: Instant.nullable(),
  waiting: z.int(),
  parked: z.int(),
  /** Messages that have not left: those that will by themselves, and those about which somebody has to say something. */
  outbox: z.object({ waiting: z.int(), attention: z.int() }),
  needsSignIn: z.array(AccountId),
  /** Work that is going on, in words with numbers. */
  activities: z.array(
    z.object({
      accountId: AccountId,
      mailboxId: MailboxId.nullable(),
      kind: z.enum([
        'connecting',
        'listing',
        'headers',
        'bodies',
        'pushing',
        'removing',
        'changing',
        'searching',
      ]),
      /** With 'searching': what `requests.cancel` can stop. */
      requestId: RequestId.optional(),
      /** With 'changing': the gesture, which `mutations.cancel` can stop. */
      gestureId: GestureId.optional(),
      done: z.int(),
      total: z.int().nullable(),
      /** Honest estimate from the rate of the last seconds; null while unknown. */
      remainingMs: z.int().nullable(),
    }),
  ),
  databaseBytes: z.int(),
  /** Null while there is room on the disk, else about how many bytes must become free; mail is not stored until then. */
  diskNeededBytes: z.int().nullable(),
});
export type StatusView = z.infer<typeof StatusView>;

/** One step of the connection test, in order; the first that is not ok explains itself. */
export const ProbeStep = z.object({
  step: z.enum(['dns', 'connect', 'tls', 'greeting', 'login', 'capabilities', 'mailboxes']),
  ok: z.boolean(),
  detail: z.string(),
  failure: FailureView.nullable(),
});
export const ProbeReport = z.object({
  /** SYNC-002's typed verdict. */
  verdict: z.enum([
    'ok',
    'wrong-password',
    'needs-oauth',
    'needs-app-password',
    'tls-failed',
    'unreachable',
    'blocked-by-admin',
    'not-a-mail-server',
  ]),
  steps: z.array(ProbeStep),
});
export type ProbeReport = z.infer<typeof ProbeReport>;
export const ProbeView = ProbeReport.extend({
  /** The line for sending, tested by itself (APP-007); null or absent = it was not tested. */
  submission: ProbeReport.nullable().optional(),
});
export type ProbeView = z.infer<typeof ProbeView>;
