import { z } from 'zod';
import { AccountId, DraftId, IdentityId, MessageId, OutboxId, Person } from '../domain';
import { FailureView, Instant } from './views';

/** Longest HTML or text a person writes in one message, in UTF-16 units: what fits one frame of the contract. */
export const MAX_BODY_CHARS = 400_000;
/** Recipients of one message: more is a mailing, which is not what this is for. */
export const MAX_RECIPIENTS = 1_000;
/** Decoded bytes of an attachment in one call; below the size of one frame (APP-362) after base64. */
export const ATTACHMENT_CHUNK_BYTES = 512 * 1024;
/** Attachments of one draft. */
export const MAX_DRAFT_ATTACHMENTS = 200;

/** A From the user may send as (APP-012). */
export const IdentityInput = z.strictObject({
  accountId: AccountId,
  name: z.string().max(200),
  address: z.string().min(3).max(320),
  replyTo: z.string().max(320).nullable(),
  /** A blind copy of everything to oneself. */
  bccSelf: z.boolean(),
  /** Signature as HTML of our own editor; empty = none. */
  signatureHtml: z.string().max(50_000),
  signaturePlace: z.enum(['above-quote', 'below-quote']),
  signatureInReplies: z.boolean(),
  /** Where the sent copy goes; null = the account's Sent. */
  sentMailboxId: z.int().positive().nullable(),
});
export type IdentityInput = z.infer<typeof IdentityInput>;
export const IdentityView = z.object({
  ...IdentityInput.shape,
  id: IdentityId,
  /** Empty in an account that nothing can be sent from. */
  address: z.string(),
  isDefault: z.boolean(),
});
export type IdentityView = z.infer<typeof IdentityView>;

export const DraftAttachmentView = z.object({
  id: z.int().positive(),
  filename: z.string(),
  mediaType: z.string(),
  size: z.int(),
  /** Shown in the text by `cid:<contentId>`; null = beside it. */
  contentId: z.string().nullable(),
  /** 'loading' = bytes are still on their way; 'missing' = of the original, not on this computer, will be loaded before sending. */
  state: z.enum(['here', 'loading', 'missing']),
});
export type DraftAttachmentView = z.infer<typeof DraftAttachmentView>;

/** The original below what is written (APP-122): kept whole, resolved when sending, so it never travels with a save. */
export const DraftQuote = z.strictObject({
  messageId: MessageId,
  kind: z.enum(['reply', 'forward']),
  /** False = the user took it out. */
  included: z.boolean(),
  /** Only this text of it, where text was selected; null = all. */
  selection: z.string().max(100_000).nullable(),
  /** What is written stands below it; left out = above. */
  answerBelow: z.boolean().optional(),
});
export type DraftQuote = z.infer<typeof DraftQuote>;

const Recipients = z
  .array(z.strictObject({ name: z.string().max(500), address: z.string().max(500) }))
  .max(MAX_RECIPIENTS);

/** Everything of a draft that a person edits; one revision. Addresses may be invalid until it is sent (APP-123). */
export const DraftContent = z.strictObject({
  identityId: IdentityId,
  to: Recipients,
  cc: Recipients,
  bcc: Recipients,
  replyTo: Recipients,
  subject: z.string().max(2_000),
  format: z.enum(['html', 'text']),
  /** HTML fragment of our editor, or plain text, per `format`; without the quote. */
  body: z.string().max(MAX_BODY_CHARS),
  quote: DraftQuote.nullable(),
  /** Where the cursor was, in the editor's own words; undo send comes back to it (APP-128). */
  cursor: z.string().max(200).nullable(),
  options: z.strictObject({
    readReceipt: z.boolean(),
    deliveryReceipt: z.boolean(),
    priority: z.enum(['high', 'normal', 'low']),
  }),
});
export type DraftContent = z.infer<typeof DraftContent>;

export const DRAFT_KINDS = [
  'new',
  'reply',
  'reply-all',
  'forward',
  'forward-attached',
  'edit-as-new',
  'redirect',
] as const;
export const DraftKind = z.enum(DRAFT_KINDS);
export type DraftKind = z.infer<typeof DraftKind>;

export const DraftView = z.object({
  id: DraftId,
  accountId: AccountId,
  kind: DraftKind,
  /** Written below the message it answers (APP-103). */
  quick: z.boolean(),
  /** The message it answers, forwards or was opened from. */
  relatedId: MessageId.nullable(),
  revision: z.int().nonnegative(),
  savedAt: Instant,
  /** 'computer' = on this computer only; 'server' = this revision is upstream too (APP-124). */
  saved: z.enum(['computer', 'server']),
  content: DraftContent,
  attachments: z.array(DraftAttachmentView),
  /** Set when another device changed it: theirs is the server's draft, this one is ours (table 8). */
  editedElsewhere: z.boolean(),
});
export type DraftView = z.infer<typeof DraftView>;

export const DraftSummary = z.object({
  id: DraftId,
  accountId: AccountId,
  kind: DraftKind,
  quick: z.boolean(),
  relatedId: MessageId.nullable(),
  /** Its message in the Drafts mailbox, by which lists show it; null until there is one. */
  messageId: MessageId.nullable(),
  subject: z.string(),
  to: z.array(Person),
  savedAt: Instant,
});
export type DraftSummary = z.infer<typeof DraftSummary>;

export const DraftRevision = z.object({ revision: z.int(), savedAt: Instant, firstLine: z.string() });
export type DraftRevision = z.infer<typeof DraftRevision>;

/** What stands in the way of sending; 'warn' may be sent all the same. */
export const SendProblem = z.object({
  kind: z.enum([
    'no-recipient',
    'bad-address',
    'too-large',
    'address-needs-utf8',
    'attachment-missing',
    'no-submission-server',
    'attachment-forgotten',
    'other-identity-before',
    'many-recipients',
    'draft-sent-elsewhere',
  ]),
  severity: z.enum(['stop', 'warn']),
  /** Addresses or names it is about. */
  about: z.array(z.string()),
});
export type SendProblem = z.infer<typeof SendProblem>;

export const SendCheck = z.object({
  /** Bytes on the wire, estimated before sending. */
  size: z.int(),
  /** What the server takes; null = it does not say, or was never asked. */
  limit: z.int().nullable(),
  problems: z.array(SendProblem),
});
export type SendCheck = z.infer<typeof SendCheck>;

/** cli.md outbox states. */
export const OUTBOX_STATES = [
  'held',
  'queued',
  'submitting',
  'accepted',
  'filing',
  'done',
  'failed',
  'unknown',
  'partial',
] as const;
export const OutboxState = z.enum(OUTBOX_STATES);
export type OutboxState = z.infer<typeof OutboxState>;

export const OutboxView = z.object({
  id: OutboxId,
  accountId: AccountId,
  state: OutboxState,
  from: Person,
  recipients: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      state: z.enum(['waiting', 'accepted', 'refused']),
      failure: FailureView.nullable(),
    }),
  ),
  subject: z.string(),
  snippet: z.string(),
  size: z.int(),
  hasAttachment: z.boolean(),
  createdAt: Instant,
  /** When it may leave: undo window, or the time the user chose. */
  notBefore: Instant.nullable(),
  /** IANA zone the user chose the time in; null = no send later. */
  zone: z.string().nullable(),
  attempts: z.int(),
  nextAttemptAt: Instant.nullable(),
  /** Bytes handed over, while it is submitting; null until the server has agreed to take it. */
  sentBytes: z.int().nullable(),
  failure: FailureView.nullable(),
  /** With 'unknown': what looking for it found, in words for a person; null while it is still looked for (SYNC-279). */
  observed: z.enum(['not-in-sent', 'probably-not-sent', 'could-not-look']).nullable(),
  /** More than 24 h late: it waits for the user's word (SYNC-288). */
  overdue: z.boolean(),
  /** Homeport was closed within the undo time, which runs again (SYNC-287). */
  resumed: z.boolean(),
  /** Its message in Sent, visible from the first second (SYNC-286). */
  messageId: MessageId.nullable(),
  messageIdHeader: z.string(),
});
export type OutboxView = z.infer<typeof OutboxView>;
