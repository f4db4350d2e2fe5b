import { z } from 'zod';
import {
  AccountId,
  ChangeId,
  GestureId,
  Keyword,
  ListId,
  MailboxId,
  MessageId,
  RequestId,
  ThreadId,
} from '../domain';
import { COMPOSE_METHODS } from './compose-methods';
import { AttachmentPlace, ContentInput, SaveItems } from './content-input';
import { DISCOVERY_METHODS } from './discovery';
import { ImapAccountInput, ImapServer, PinnedCertificate } from './imap-settings';
import { LEDGER_METHODS } from './ledger-methods';
import { MailboxChange, MailboxChangeResult } from './mailbox-change';
import { Done, Empty, method } from './method';
import { Mutation, MutationResult, MutationTarget, UndoResult } from './mutation';
import { OAUTH_METHODS } from './oauth-methods';
import { OAuthClient } from './oauth-settings';
import { PreviewView } from './preview-views';
import { SEARCH_METHODS } from './search-methods';
import { Settings } from './settings';
import { SubmissionChange, SubmissionChanged } from './submission-change';
import {
  AccountView,
  BodyView,
  KeptItems,
  ListFilter,
  ListPage,
  ListSort,
  ListView,
  MailboxView,
  MessageView,
  PendingView,
  ProbeView,
  StatusView,
  SyncLogView,
  SyncResult,
  ThreadPage,
  ThreadView,
} from './views';
import { WindowRoute } from './window-route';

/** Raised with every incompatible change; a renderer that speaks another version asks to be reloaded (APP-395). */
export const CONTRACT_VERSION = 1;

/** One message over IPC or the socket stays below this (APP-362); files travel as handles. */
export const MAX_MESSAGE_BYTES = 1_000_000;

// What an account is set up with has a file of its own; whoever knows the methods knows it from here.
export { ImapAccountInput, ImapServer, PinnedCertificate };

const LoopDelay = z.object({
  mean: z.number(),
  p99: z.number(),
  max: z.number(),
  busiest: z.number().nullable(),
});

export const METHODS = {
  ...LEDGER_METHODS,
  ...DISCOVERY_METHODS,
  ...SEARCH_METHODS,
  ...OAUTH_METHODS,
  ...COMPOSE_METHODS,
  // What is on screen. All answered from SQLite snapshots by the reader.
  'accounts.list': method('reader', Empty, z.array(AccountView)),
  'mailboxes.list': method('reader', Empty, z.array(MailboxView)),
  'lists.list': method('reader', Empty, z.array(ListView)),
  'lists.page': method(
    'reader',
    z.strictObject({
      listId: ListId,
      sort: ListSort,
      descending: z.boolean(),
      /** Only rows that match; `total` and every position count these alone. Null or absent = all rows. */
      filter: ListFilter.nullable().optional(),
      /** Rows that stay although they do not match any more, as long as they are in the list. */
      keep: KeptItems.optional(),
      /** Offset for scroll-bar jumps; a row to go on from for neighbours below or above it (keyset); or the page around a row. */
      at: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('offset'), offset: z.int().nonnegative() }),
        z.strictObject({
          kind: z.literal('after'),
          itemId: z.int().positive(),
          index: z.int().nonnegative(),
        }),
        z.strictObject({
          kind: z.literal('before'),
          itemId: z.int().positive(),
          index: z.int().nonnegative(),
        }),
        z.strictObject({ kind: z.literal('around'), itemId: z.int().positive() }),
      ]),
      limit: z.int().min(1).max(500),
    }),
    ListPage,
  ),
  /** Of a long conversation the ends, or a page of its middle (APP-101). */
  /** How many rows of a list are as new as each instant, newest instant first: where groups of dates begin (UI-025). */
  'lists.countSince': method(
    'reader',
    z.strictObject({ listId: ListId, since: z.array(z.int()).min(1).max(200) }),
    z.array(z.int()),
  ),
  /** Labels that mail outside of trash and junk has, sorted. */
  'labels.list': method('reader', Empty, z.array(Keyword)),
  'threads.get': method(
    'reader',
    z.strictObject({ threadId: ThreadId, listId: ListId.nullable(), page: ThreadPage.optional() }),
    ThreadView.nullable(),
  ),
  'messages.get': method('reader', z.strictObject({ messageId: MessageId }), MessageView.nullable()),
  /** The message with this Message-ID, without its angle brackets, in the first account that has it (APP-274). */
  'messages.named': method(
    'reader',
    z.strictObject({ name: z.string().min(1).max(998) }),
    MessageId.nullable(),
  ),
  'messages.body': method(
    'reader',
    z.strictObject({ messageId: MessageId, charset: z.string().max(40).nullable() }),
    BodyView.nullable(),
  ),
  /** What an attachment holds, for a look without leaving the app (APP-089); problems are answers too. */
  'attachments.preview': method('reader', AttachmentPlace, PreviewView),
  /** Decoded or raw header block, at most 256 KB. */
  'messages.headers': method(
    'reader',
    z.strictObject({ messageId: MessageId }),
    z.object({ raw: z.string() }).nullable(),
  ),
  /** Messages newest first for the command line; cursor = opaque string. */
  'messages.list': method(
    'reader',
    z.strictObject({
      accountId: AccountId.nullable(),
      mailboxId: MailboxId.nullable(),
      limit: z.int().min(1).max(1000),
      before: z.string().max(100).nullable(),
      /** Only what is put off, the next to come back first (APP-163). */
      snoozed: z.boolean().optional(),
    }),
    z.object({ rows: z.array(MessageView), next: z.string().nullable() }),
  ),
  'pending.list': method(
    'reader',
    z.strictObject({
      state: z.enum(['all', 'parked']),
      limit: z.int().min(1).max(1000),
      /** Goes on after this one. */
      afterId: ChangeId.optional(),
    }),
    z.array(PendingView),
  ),
  'syncLog.list': method(
    'reader',
    z.strictObject({
      accountId: AccountId.nullable(),
      afterId: z.int().nonnegative(),
      limit: z.int().min(1).max(1000),
    }),
    z.array(SyncLogView),
  ),
  'settings.get': method('reader', Empty, Settings),
  'remoteContent.list': method('reader', Empty, z.array(z.string())),

  // What changes something, or needs the network.
  'status.get': method('engine', Empty, StatusView),
  'settings.set': method('engine', z.strictObject({ patch: z.record(z.string(), z.unknown()) }), Settings),
  'accounts.probe': method(
    'engine',
    z.strictObject({ ...ImapAccountInput.shape, requestId: RequestId.optional() }),
    ProbeView,
  ),
  'accounts.addImap': method('engine', ImapAccountInput, z.object({ accountId: AccountId })),
  /** A mailbox without a server; `sample` > 0 fills it with that many generated messages. */
  'accounts.addLocal': method(
    'engine',
    z.strictObject({
      name: z.string().min(1).max(100),
      sample: z.int().min(0).max(100_000),
      seed: z.int().nonnegative(),
    }),
    z.object({ accountId: AccountId }),
  ),
  'accounts.test': method('engine', z.strictObject({ accountId: AccountId }), ProbeView),
  /** What of a mailbox is kept on this computer (SYNC-043); takes effect at once, without a new sync. */
  'mailboxes.setPolicy': method(
    'engine',
    z.strictObject({
      mailboxId: MailboxId,
      policy: z.enum(['off', 'headers', 'text', 'everything']).optional(),
      /** Null = no limit. */
      ageLimitDays: z.int().min(1).max(36_500).nullable().optional(),
    }),
    z.null(),
  ),
  'accounts.update': method(
    'engine',
    z.strictObject({
      accountId: AccountId,
      name: z.string().max(100).optional(),
      hue: z.int().min(0).max(7).optional(),
      position: z.int().nonnegative().optional(),
      paused: z.boolean().optional(),
    }),
    Done,
  ),
  /** Signing in again: the new secret replaces the old one; queued changes stay (SYNC-020). */
  'accounts.signIn': method(
    'engine',
    z.strictObject({
      accountId: AccountId,
      secretRef: z.string().max(200),
      /** The secret is tokens of this client from now on; absent = it is of the kind it was. */
      oauth: OAuthClient.optional(),
      /** Cancelled in time, it leaves everything as it was. */
      requestId: RequestId.optional(),
    }),
    ProbeView,
  ),
  /**
   * Another server, port or login for an account (SYNC-007). 'kept': it proved to be the same mailbox and nothing is
   * loaded again. 'different': it is another one, or that cannot be told, and nothing has changed; with `ifDifferent`
   * 'resync' everything is loaded anew under the account id in the answer. 'refused': the test says why.
   */
  'accounts.changeServer': method(
    'engine',
    z.strictObject({
      accountId: AccountId,
      imap: ImapServer,
      caPem: z.string().max(200_000).nullable(),
      /** Absent = the password stays. */
      secretRef: z.string().min(1).max(200).optional(),
      ifDifferent: z.enum(['cancel', 'resync']),
      discardPending: z.boolean(),
    }),
    z.object({
      result: z.enum(['kept', 'different', 'resync', 'refused']),
      accountId: AccountId,
      probe: ProbeView,
    }),
  ),
  /** Where an account sends; tested without a login at its mail server, in effect at once. */
  'accounts.setSubmission': method('engine', SubmissionChange, SubmissionChanged),
  'accounts.pinCertificate': method(
    'engine',
    z.strictObject({ accountId: AccountId, pin: PinnedCertificate }),
    Done,
  ),
  'accounts.unpinCertificate': method(
    'engine',
    z.strictObject({ accountId: AccountId, pin: PinnedCertificate }),
    Done,
  ),
  /** Refused with kind 'conflict' while changes are waiting unless `discardPending` (SYNC-004). */
  'accounts.remove': method(
    'engine',
    z.strictObject({ accountId: AccountId, discardPending: z.boolean() }),
    Done,
  ),
  'sync.now': method(
    'engine',
    z.strictObject({
      accountId: AccountId.nullable(),
      mailboxId: MailboxId.nullable(),
      wait: z.boolean(),
      timeoutMs: z.int().min(0).max(3_600_000),
      /** Cancelled, it also stops the round that goes on: the next one comes by itself. */
      requestId: RequestId.optional(),
    }),
    z.array(SyncResult),
  ),
  'sync.setOffline': method('engine', z.strictObject({ offline: z.boolean() }), Done),
  /** Headers only until it is switched off; a message that somebody opens is still loaded (SYNC-024). */
  'sync.setMetered': method('engine', z.strictObject({ metered: z.boolean() }), Done),
  /** What the user looks at, so that it is fetched first; `visible`: whether anything of the window can be seen (SYNC-119). */
  'sync.looking': method(
    'engine',
    z.strictObject({
      listId: ListId.nullable(),
      messageIds: z.array(MessageId).max(50),
      visible: z.boolean().optional(),
    }),
    Done,
  ),
  /** Fetches missing bodies now when online, else queues them; answers when stored or queued (APP-098, SYNC-344). */
  'bodies.request': method(
    'engine',
    z.strictObject({ messageId: MessageId, requestId: RequestId.optional() }),
    z.object({ body: z.enum(['here', 'queued', 'gone']) }),
  ),
  /** Fetches the whole source where only parts of a large message are here. */
  'source.request': method(
    'engine',
    z.strictObject({ messageId: MessageId, requestId: RequestId.optional() }),
    z.object({ state: z.enum(['here', 'gone']) }),
  ),
  /** Fetches one attachment that is not on this computer. */
  'attachments.request': method(
    'engine',
    z.strictObject({
      messageId: MessageId,
      index: z.int().nonnegative(),
      requestId: RequestId.optional(),
    }),
    z.object({ state: z.enum(['here', 'queued', 'gone']) }),
  ),
  /** Stops what a window waits for; its own call answers 'cancelled'. False = it had ended. */
  'requests.cancel': method(
    'engine',
    z.strictObject({ requestId: RequestId }),
    z.object({ stopped: z.boolean() }),
  ),
  /** `origin` 'cli': an explicit command, which may also delete for good outside of trash and junk. */
  'mutations.apply': method(
    'engine',
    z.strictObject({
      target: MutationTarget,
      mutation: Mutation,
      origin: z.enum(['user', 'cli']).optional(),
      /** New and random; for callers that follow the gesture in the status or cancel it. */
      gestureId: GestureId.optional(),
    }),
    MutationResult,
  ),
  /** Folders themselves, by the same door; `mutations.undo` and `mutations.redo` take it back and do it again. */
  'mailboxes.change': method(
    'engine',
    z.strictObject({
      change: MailboxChange,
      origin: z.enum(['user', 'cli']).optional(),
      gestureId: GestureId.optional(),
    }),
    MailboxChangeResult,
  ),
  /** Stops a gesture, its undo or redo; what is done stays, and its own call answers how much. False = it had ended. */
  'mutations.cancel': method(
    'engine',
    z.strictObject({ gestureId: GestureId }),
    z.object({ stopped: z.boolean() }),
  ),
  'mutations.undo': method('engine', z.strictObject({ gestureId: GestureId }), UndoResult),
  'mutations.redo': method('engine', z.strictObject({ gestureId: GestureId }), MutationResult),
  /** cli.md `undo CHANGE-ID`: the gesture a change belongs to. */
  'mutations.undoChange': method('engine', z.strictObject({ changeId: ChangeId }), UndoResult),
  'pending.retry': method(
    'engine',
    z.strictObject({ ids: z.array(ChangeId).max(1000) }),
    z.object({ count: z.int() }),
  ),
  'pending.discard': method(
    'engine',
    z.strictObject({ ids: z.array(ChangeId).max(1000) }),
    z.object({ count: z.int() }),
  ),
  /**
   * "Do something else" with a parked move (SYNC-242): its messages go to another folder, or to the one that is gone
   * and is created again. A gesture like any other: `mutations.undo` takes it back.
   */
  'pending.redirect': method(
    'engine',
    z.strictObject({
      id: ChangeId,
      to: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('mailbox'), mailboxId: MailboxId }),
        z.strictObject({ kind: z.literal('same-again') }),
      ]),
    }),
    MutationResult,
  ),
  'lists.setMode': method(
    'engine',
    z.strictObject({ listId: ListId, mode: z.enum(['threads', 'messages']) }),
    Done,
  ),
  'remoteContent.allow': method('engine', z.strictObject({ sender: z.string().max(320) }), Done),
  'remoteContent.revoke': method('engine', z.strictObject({ sender: z.string().max(320) }), Done),
  /** Leaves a list with one click (RFC 8058); refused with kind 'invalid' where `unsubscribe.oneClick` is false (APP-093). */
  'messages.unsubscribe': method('engine', z.strictObject({ messageId: MessageId }), Done),
  /** Writes a consistent copy of the profile's database into a folder on this computer (cli.md `backup DIR`). */
  'backup.create': method(
    'engine',
    z.strictObject({ directory: z.string().min(1).max(4096) }),
    z.object({ file: z.string(), bytes: z.int() }),
  ),
  'doctor.run': method(
    'engine',
    z.strictObject({ repair: z.boolean() }),
    z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), hint: z.string() })),
  ),

  // What only the host can do.
  'host.info': method(
    'host',
    Empty,
    z.object({
      hostKind: z.enum(['electron', 'headless']),
      version: z.string(),
      contractVersion: z.int(),
      platform: z.string(),
      vault: z.enum(['safe-storage', 'sealed-file']),
    }),
  ),
  /** The only message that ever carries a secret; the answer is the handle used from then on (SYNC-005). */
  'vault.put': method(
    'host',
    z.strictObject({ secret: z.string().min(1).max(10_000) }),
    z.object({ secretRef: z.string() }),
  ),
  /** Forgets a secret that no account came to use: a set-up that was given up. */
  'vault.forget': method('host', z.strictObject({ secretRef: z.string().min(1).max(200) }), Done),
  /**
   * A URL below the app's own origin for bytes of a message: an attachment, an inline picture, the raw source.
   * Valid for this session only; the host serves it with a safe type, `nosniff` and `Content-Security-Policy: sandbox`.
   */
  'content.url': method(
    'host',
    z.strictObject({
      messageId: MessageId,
      part: ContentInput,
      disposition: z.enum(['inline', 'attachment']),
    }),
    z.object({ url: z.string() }),
  ),
  /** Save through the system's dialog (Electron); the headless host answers with a download URL instead. */
  'content.save': method(
    'host',
    z.strictObject({ items: SaveItems, requestId: RequestId.optional() }),
    z.object({ saved: z.int(), urls: z.array(z.string()) }),
  ),
  /** What is written stays, and the save itself answers how much. False = it had ended. */
  'content.stopSaving': method(
    'host',
    z.strictObject({ requestId: RequestId }),
    z.object({ stopped: z.boolean() }),
  ),
  /**
   * Opens an attachment with the system's program for it, through a private copy (APP-369). Dangerous types are refused
   * (APP-090); the headless host answers with a download URL instead.
   */
  'content.open': method(
    'host',
    z.strictObject({ messageId: MessageId, index: z.int().nonnegative() }),
    z.object({ result: z.enum(['opened', 'refused', 'download']), url: z.string() }),
  ),
  /** Goes on with a drag that began in the window as a drag of a file, out to the file system (APP-065; Electron only). */
  'content.drag': method(
    'host',
    z.strictObject({ messageId: MessageId, part: z.union([z.int().nonnegative(), z.literal('source')]) }),
    Done,
  ),
  /** Opens the message frame: answers where the isolated frame's document is (APP-364). */
  'viewer.open': method(
    'host',
    z.strictObject({ messageId: MessageId, remote: z.enum(['blocked', 'once', 'sender']) }),
    z.object({ url: z.string() }),
  ),
  /** Opens a link outside after checks (APP-368). 'confirm' = the host wants `confirmed: true` first. */
  'links.open': method(
    'host',
    z.strictObject({ url: z.string().max(8000), confirmed: z.boolean() }),
    z.object({ result: z.enum(['opened', 'confirm', 'refused', 'open-in-page']), url: z.string() }),
  ),
  /** Makes this the program that opens such addresses on this computer (APP-274). */
  'host.becomeDefaultApp': method('host', z.strictObject({ scheme: z.literal('mailto') }), Done),
  /**
   * Shows a row of a list in a window of its own (UI-003). The desktop opens it, or brings it up where it is open; a
   * browser opens the address itself. Refused with kind 'limit' where as many are open as may be.
   */
  'window.open': method(
    'host',
    WindowRoute,
    z.object({ result: z.enum(['opened', 'open-in-page']), url: z.string() }),
  ),
  'window.print': method('host', z.strictObject({ messageId: MessageId }), Done),
  /** A fresh one-time link to the headless host's window (APP-392); the desktop host has none. */
  'session.link': method('host', Empty, z.object({ url: z.string() })),
  /** Ends every browser session of the headless host and voids its links and content addresses (APP-392). */
  'session.signOutEverywhere': method('host', Empty, z.object({ ended: z.int() })),
  /** Delay of the engine's and the main thread's event loop in milliseconds since their start; only with HOMEPORT_TRACE. */
  'debug.loopDelay': method('host', Empty, z.object({ engine: LoopDelay, main: LoopDelay })),
} as const;

export type MethodName = keyof typeof METHODS;
export type MethodInput<M extends MethodName> = z.input<(typeof METHODS)[M]['input']>;
/** What a handler gets: checked and with its branded ids. */
export type MethodParsedInput<M extends MethodName> = z.output<(typeof METHODS)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof METHODS)[M]['output']>;
