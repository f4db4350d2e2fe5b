import { z } from 'zod';
import { AccountId, DraftId, IdentityId, MessageId, OutboxId, Person } from '../domain';
import {
  ATTACHMENT_CHUNK_BYTES,
  DraftAttachmentView,
  DraftContent,
  DraftKind,
  DraftRevision,
  DraftSummary,
  DraftView,
  IdentityInput,
  IdentityView,
  OutboxView,
  SendCheck,
} from './compose-views';
import { Done, Empty, method } from './method';
import { Instant } from './views';

const Draft = z.strictObject({ draftId: DraftId });
const Outbox = z.strictObject({ outboxId: OutboxId });
/** The caller's own random name of what it sends in pieces. */
const UploadId = z.string().regex(/^[0-9a-f]{32}$/);

/** Writing and sending: identities, drafts, outbox, receipts (client.md 5 and 7, sync-engine 9 and 10). */
export const COMPOSE_METHODS = {
  /** Every account has at least the one of its own address. In order of account and position. */
  'identities.list': method('reader', Empty, z.array(IdentityView)),
  /** `id` null = a new one. */
  'identities.save': method(
    'engine',
    z.strictObject({ id: IdentityId.nullable(), identity: IdentityInput }),
    z.object({ id: IdentityId }),
  ),
  /** Refused with kind 'conflict' for the last one of an account. */
  'identities.remove': method('engine', z.strictObject({ id: IdentityId }), Done),

  /** Completion, the most used and most recent first (APP-123). */
  'people.complete': method(
    'reader',
    z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(20) }),
    z.array(Person),
  ),

  /** Who, what and as whom an answer or forward begins with; an open quick reply to the same message is answered again. */
  'drafts.create': method(
    'engine',
    z.strictObject({
      kind: DraftKind,
      /** Null with 'new' only. */
      messageId: MessageId.nullable(),
      /** Where 'new' is from; null = the first account that can send. */
      accountId: AccountId.nullable(),
      /** Text the user had selected in the message. */
      selection: z.string().max(100_000).nullable(),
      quick: z.boolean(),
      /** Of a `mailto:` (RFC 6068); attachments are ignored (APP-139). */
      mailto: z.string().max(8_000).nullable(),
    }),
    DraftView,
  ),
  /** A message of the Drafts mailbox, ours or another program's (SYNC-304). */
  'drafts.openMessage': method('engine', z.strictObject({ messageId: MessageId }), DraftView),
  'drafts.get': method('reader', Draft, DraftView.nullable()),
  'drafts.list': method('reader', Empty, z.array(DraftSummary)),
  /** Committed and flushed to the disk when this answers (SYNC-300, 392). 'conflict' when another window saved meanwhile. */
  'drafts.save': method(
    'engine',
    z.strictObject({ draftId: DraftId, baseRevision: z.int().nonnegative(), content: DraftContent }),
    z.object({ revision: z.int(), savedAt: Instant }),
  ),
  'drafts.revisions': method('reader', Draft, z.array(DraftRevision)),
  'drafts.restore': method('engine', z.strictObject({ draftId: DraftId, revision: z.int() }), DraftView),
  /** The composer is closed or lost the focus: saved upstream now; one that nothing was written in goes away. */
  'drafts.close': method('engine', Draft, Done),
  /** Taken away here and upstream; `drafts.keep` brings it back for 10 s. */
  'drafts.discard': method('engine', Draft, Done),
  'drafts.keep': method('engine', Draft, DraftView),
  /** A file arrives in pieces: begin, put in order, and it is 'here' with the last byte. */
  'drafts.attach': method(
    'engine',
    z.strictObject({
      draftId: DraftId,
      filename: z.string().min(1).max(255),
      mediaType: z.string().max(200),
      size: z
        .int()
        .nonnegative()
        .max(512 * 1024 * 1024),
      inline: z.boolean(),
    }),
    DraftAttachmentView,
  ),
  'drafts.putBytes': method(
    'engine',
    z.strictObject({
      attachmentId: z.int().positive(),
      offset: z.int().nonnegative(),
      base64: z.base64().max(Math.ceil(ATTACHMENT_CHUNK_BYTES / 3) * 4),
    }),
    DraftAttachmentView,
  ),
  'drafts.detach': method('engine', z.strictObject({ attachmentId: z.int().positive() }), Done),
  'drafts.check': method('engine', Draft, SendCheck),
  /**
   * Freezes bytes, envelope and Message-ID in one transaction, on disk when this answers (SYNC-270, 392). Fails with
   * 'invalid' for a problem that stops, 'conflict' when `revision` is not the newest.
   */
  'drafts.send': method(
    'engine',
    z.strictObject({
      draftId: DraftId,
      revision: z.int().nonnegative(),
      /** Undo window in seconds (APP-128). */
      undoSeconds: z.union([z.literal(0), z.literal(5), z.literal(10), z.literal(30), z.literal(60)]),
      /** Send later: an instant and the zone it was chosen in (SYNC-288). */
      later: z.strictObject({ at: Instant, zone: z.string().max(100) }).nullable(),
    }),
    z.object({ outboxId: OutboxId, notBefore: Instant.nullable() }),
  ),

  /** What has not left, what failed, and what was sent within the last minute, the next to leave first. */
  'outbox.list': method('reader', Empty, z.array(OutboxView)),
  /** Held or queued: back into the composer with identical content (SYNC-287); 'conflict' when it is on its way. */
  'outbox.undo': method('engine', Outbox, DraftView),
  /** Now instead of later; also the user's word for one that is overdue. */
  'outbox.sendNow': method('engine', Outbox, Done),
  /** After a failure, or "Send again" after an unknown outcome: the same bytes, only to those not yet accepted. */
  'outbox.retry': method('engine', Outbox, Done),
  /** "Mark as sent" after an unknown outcome. */
  'outbox.markSent': method('engine', Outbox, Done),
  /** After refused recipients: to the others (SYNC-276). */
  'outbox.sendToOthers': method('engine', Outbox, Done),
  /** A failed or unknown one as a new draft with a Message-ID of its own (SYNC-290); the entry stays until discarded. */
  'outbox.edit': method('engine', Outbox, DraftView),
  'outbox.discard': method('engine', Outbox, Done),
  /** A piece of a ready message that is too large for one call; `offset` is what came before it. */
  'outbox.putSource': method(
    'engine',
    z.strictObject({
      uploadId: UploadId,
      offset: z.int().nonnegative(),
      base64: z.base64().max(Math.ceil(ATTACHMENT_CHUNK_BYTES / 3) * 4),
    }),
    Done,
  ),
  /** A ready message of the command line or a file: its own headers count, Bcc is taken out (cli.md `send --eml`). */
  'outbox.submitSource': method(
    'engine',
    z.strictObject({
      identityId: IdentityId.nullable(),
      base64: z.base64().max(900_000),
      /** The pieces that came before these bytes. */
      uploadId: UploadId.optional(),
      later: Instant.nullable(),
    }),
    z.object({ outboxId: OutboxId }),
  ),

  /** The sender asked to be told that it was read (RFC 8098); see MessageView.receipt. */
  'receipts.answer': method('engine', z.strictObject({ messageId: MessageId, send: z.boolean() }), Done),
} as const;
