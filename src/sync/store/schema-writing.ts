/** Tables of writing and sending as drizzle sees them; see schema.ts. */
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const identities = sqliteTable('identities', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  position: integer('position').notNull(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  replyTo: text('reply_to'),
  bccSelf: integer('bcc_self').notNull().default(0),
  signatureHtml: text('signature_html').notNull().default(''),
  signaturePlace: text('signature_place').notNull().default('above-quote'),
  signatureInReplies: integer('signature_in_replies').notNull().default(1),
  sentMailboxId: integer('sent_mailbox_id'),
});

export const drafts = sqliteTable('drafts', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  kind: text('kind').notNull(),
  quick: integer('quick').notNull(),
  state: text('state').notNull(),
  relatedMessage: integer('related_message'),
  shownMessage: integer('shown_message'),
  token: text('token').notNull().unique(),
  messageIdHeader: text('message_id_header').notNull(),
  inReplyTo: text('in_reply_to'),
  referencesJson: text('references_json').notNull(),
  revision: integer('revision').notNull(),
  savedAt: integer('saved_at').notNull(),
  createdAt: integer('created_at').notNull(),
  contentJson: text('content_json').notNull(),
  touched: integer('touched').notNull().default(0),
  upstreamRevision: integer('upstream_revision'),
  editedElsewhere: integer('edited_elsewhere').notNull().default(0),
  endsAt: integer('ends_at'),
});

export const draftRevisions = sqliteTable(
  'draft_revisions',
  {
    draftId: integer('draft_id').notNull(),
    revision: integer('revision').notNull(),
    savedAt: integer('saved_at').notNull(),
    firstLine: text('first_line').notNull(),
    encoding: text('encoding').notNull(),
    content: blob('content', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.revision] })],
);

export const draftAttachments = sqliteTable('draft_attachments', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  draftId: integer('draft_id').notNull(),
  filename: text('filename').notNull(),
  mediaType: text('media_type').notNull(),
  size: integer('size').notNull(),
  contentId: text('content_id'),
  blobHash: text('blob_hash'),
  received: integer('received').notNull().default(0),
  sourceMessage: integer('source_message'),
  sourceIndex: integer('source_index'),
});

export const draftChunks = sqliteTable(
  'draft_chunks',
  {
    attachmentId: integer('attachment_id').notNull(),
    at: integer('at').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.attachmentId, table.at] })],
);

export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  identityId: integer('identity_id'),
  state: text('state').notNull(),
  fromName: text('from_name').notNull(),
  fromAddress: text('from_address').notNull(),
  subject: text('subject').notNull(),
  snippet: text('snippet').notNull(),
  size: integer('size').notNull(),
  hasAttachment: integer('has_attachment').notNull(),
  messageIdHeader: text('message_id_header').notNull(),
  date: integer('date').notNull(),
  transmittedHash: text('transmitted_hash').notNull(),
  filedHash: text('filed_hash'),
  needsUtf8: integer('needs_utf8').notNull(),
  nullSender: integer('null_sender').notNull().default(0),
  dsnJson: text('dsn_json'),
  token: text('token').notNull().unique(),
  origin: text('origin').notNull(),
  originKey: text('origin_key'),
  draftId: integer('draft_id'),
  shownMessage: integer('shown_message'),
  relatedMessage: integer('related_message'),
  relatedMark: text('related_mark'),
  sentMailboxId: integer('sent_mailbox_id'),
  createdAt: integer('created_at').notNull(),
  notBefore: integer('not_before'),
  zone: text('zone'),
  overdue: integer('overdue').notNull().default(0),
  toOthers: integer('to_others').notNull().default(0),
  stage: text('stage'),
  claimRun: text('claim_run'),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: integer('next_attempt_at'),
  firstFailureAt: integer('first_failure_at'),
  sentBytes: integer('sent_bytes'),
  failureJson: text('failure_json'),
  queueText: text('queue_text'),
  looks: integer('looks').notNull().default(0),
  observed: text('observed'),
  acceptedAt: integer('accepted_at'),
  fileAfter: integer('file_after'),
  sentUidFrom: integer('sent_uid_from'),
  filedUid: integer('filed_uid'),
  finishedAt: integer('finished_at'),
  resumed: integer('resumed').notNull().default(0),
  toldLate: integer('told_late').notNull().default(0),
});

export const outboxRecipients = sqliteTable(
  'outbox_recipients',
  {
    outboxId: integer('outbox_id').notNull(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    address: text('address').notNull(),
    state: text('state').notNull(),
    failureJson: text('failure_json'),
  },
  (table) => [primaryKey({ columns: [table.outboxId, table.position] })],
);

export const submissionFacts = sqliteTable(
  'submission_facts',
  {
    accountId: integer('account_id').notNull(),
    host: text('host').notNull(),
    filesCopies: integer('files_copies'),
    maxBytes: integer('max_bytes'),
    utf8: integer('utf8'),
    dsn: integer('dsn'),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.host] })],
);
