/**
 * The tables as drizzle sees them: types and cold queries. The migrations make them; a test compares the two, column by
 * column, so neither can run away from the other.
 */
import { blob, customType, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const accounts = sqliteTable('accounts', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  protocol: text('protocol').notNull(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  hue: integer('hue').notNull(),
  position: integer('position').notNull(),
  state: text('state').notNull(),
  failureJson: text('failure_json'),
  paused: integer('paused').notNull().default(0),
  settingsJson: text('settings_json'),
  secretRef: text('secret_ref'),
  pinnedJson: text('pinned_json').notNull().default('[]'),
  lastSyncedAt: integer('last_synced_at'),
  watch: text('watch').notNull().default('none'),
  createdAt: integer('created_at').notNull(),
});

export const mailboxes = sqliteTable('mailboxes', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  parentId: integer('parent_id'),
  remoteKey: text('remote_key'),
  remoteId: text('remote_id'),
  path: text('path').notNull(),
  name: text('name').notNull(),
  delimiter: text('delimiter'),
  role: text('role'),
  roleOverride: text('role_override'),
  selectable: integer('selectable').notNull(),
  subscribed: integer('subscribed').notNull(),
  namespace: text('namespace').notNull(),
  policy: text('policy').notNull().default('everything'),
  serverTotal: integer('server_total'),
  serverUnseen: integer('server_unseen'),
  statusJson: text('status_json'),
  lastSyncedAt: integer('last_synced_at'),
  tombstonedAt: integer('tombstoned_at'),
  createdByChange: integer('created_by_change'),
  storedCount: integer('stored_count').notNull().default(0),
  bodyCount: integer('body_count').notNull().default(0),
  ageLimitDays: integer('age_limit_days'),
  indexedCount: integer('indexed_count').notNull().default(0),
  indexedBodies: integer('indexed_bodies').notNull().default(0),
  labelsHere: integer('labels_here'),
  verifiedAt: integer('verified_at'),
});

export const syncState = sqliteTable('sync_state', {
  mailboxId: integer('mailbox_id').primaryKey(),
  checkpointJson: text('checkpoint_json'),
  uidValidity: text('uid_validity').notNull(),
  backfillComplete: integer('backfill_complete').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const messages = sqliteTable('messages', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  threadId: integer('thread_id').notNull(),
  identity: text('identity'),
  subject: text('subject').notNull(),
  baseSubject: text('base_subject').notNull(),
  subjectHash: integer('subject_hash').notNull(),
  looseReply: integer('loose_reply').notNull(),
  fromName: text('from_name').notNull(),
  fromAddress: text('from_address').notNull(),
  headersJson: text('headers_json').notNull(),
  receivedAt: integer('received_at').notNull(),
  date: integer('date').notNull(),
  size: integer('size').notNull(),
  snippet: text('snippet').notNull(),
  keywords: text('keywords').notNull(),
  hasAttachment: integer('has_attachment').notNull(),
  partsJson: text('parts_json').notNull(),
  bodyState: text('body_state').notNull(),
  orphanedAt: integer('orphaned_at'),
});

export const placements = sqliteTable('placements', {
  id: integer('id').primaryKey(),
  messageId: integer('message_id').notNull(),
  mailboxId: integer('mailbox_id').notNull(),
  uid: integer('uid').notNull(),
  keywords: text('keywords').notNull(),
  modseq: text('modseq'),
  verified: integer('verified').notNull(),
});

export const memberships = sqliteTable(
  'memberships',
  {
    mailboxId: integer('mailbox_id').notNull(),
    receivedAt: integer('received_at').notNull(),
    messageId: integer('message_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mailboxId, table.receivedAt, table.messageId] })],
);

export const threads = sqliteTable('threads', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  mergedInto: integer('merged_into'),
});

export const threadIds = sqliteTable(
  'thread_ids',
  {
    accountId: integer('account_id').notNull(),
    idHash: integer('id_hash').notNull(),
    threadId: integer('thread_id').notNull(),
    owners: integer('owners').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.idHash] })],
);

export const lists = sqliteTable('lists', {
  listId: integer('list_id').primaryKey(),
  mode: text('mode').notNull().default('threads'),
  rows: integer('rows').notNull().default(0),
  unreadRows: integer('unread_rows').notNull().default(0),
  messages: integer('messages').notNull().default(0),
  unreadMessages: integer('unread_messages').notNull().default(0),
  starredRows: integer('starred_rows').notNull().default(0),
  attachmentRows: integer('attachment_rows').notNull().default(0),
  threads: integer('threads').notNull().default(0),
  unreadThreads: integer('unread_threads').notNull().default(0),
});

export const listRows = sqliteTable(
  'list_rows',
  {
    listId: integer('list_id').notNull(),
    itemId: integer('item_id').notNull(),
    threadId: integer('thread_id').notNull(),
    messageId: integer('message_id').notNull(),
    latestAt: integer('latest_at').notNull(),
    senderKey: text('sender_key').notNull(),
    subjectKey: text('subject_key').notNull(),
    size: integer('size').notNull(),
    unread: integer('unread').notNull(),
    starred: integer('starred').notNull(),
    messageCount: integer('message_count').notNull(),
    unreadCount: integer('unread_count').notNull(),
    listMessages: integer('list_messages').notNull(),
    listUnread: integer('list_unread').notNull(),
    marks: integer('marks').notNull(),
    labels: text('labels').notNull(),
    participants: text('participants'),
  },
  (table) => [primaryKey({ columns: [table.listId, table.itemId] })],
);

export const listOrders = sqliteTable('list_orders', {
  orderId: integer('order_id').primaryKey(),
  listId: integer('list_id').notNull(),
  sort: text('sort').notNull(),
  filter: text('filter').notNull(),
  state: text('state').notNull(),
  builtTo: integer('built_to').notNull(),
  usedAt: integer('used_at').notNull(),
});

/** Text or number, as the column of list_rows that is sorted by. */
const anyKey = customType<{ data: string | number }>({ dataType: () => 'any' });

export const orderRows = sqliteTable(
  'order_rows',
  {
    orderId: integer('order_id').notNull(),
    key: anyKey('key').notNull(),
    latestAt: integer('latest_at').notNull(),
    itemId: integer('item_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.key, table.latestAt, table.itemId] })],
);

export const blobs = sqliteTable('blobs', {
  hash: text('hash').primaryKey(),
  size: integer('size').notNull(),
  encoding: text('encoding').notNull(),
  data: blob('data', { mode: 'buffer' }),
});

export const bodies = sqliteTable('bodies', {
  messageId: integer('message_id').primaryKey(),
  textEncoding: text('text_encoding'),
  text: blob('text', { mode: 'buffer' }),
  htmlEncoding: text('html_encoding'),
  html: blob('html', { mode: 'buffer' }),
  truncated: integer('truncated').notNull(),
  protection: text('protection').notNull(),
  charset: text('charset'),
  sourceHash: text('source_hash'),
});

export const attachments = sqliteTable(
  'attachments',
  {
    messageId: integer('message_id').notNull(),
    idx: integer('idx').notNull(),
    section: text('section'),
    filename: text('filename').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    contentId: text('content_id'),
    inline: integer('inline').notNull(),
    blobHash: text('blob_hash'),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.idx] })],
);

export const pendingChanges = sqliteTable('pending_changes', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  lane: text('lane').notNull(),
  kind: text('kind').notNull(),
  argsJson: text('args_json').notNull(),
  baseJson: text('base_json').notNull(),
  origin: text('origin').notNull(),
  gestureId: text('gesture_id').notNull(),
  token: text('token').notNull().unique(),
  state: text('state').notNull(),
  notBefore: integer('not_before').notNull(),
  attempts: integer('attempts').notNull(),
  firstFailureAt: integer('first_failure_at'),
  lastErrorJson: text('last_error_json'),
  claimRun: text('claim_run'),
  wireJson: text('wire_json'),
  createdAt: integer('created_at').notNull(),
});

export const pendingTargets = sqliteTable(
  'pending_targets',
  {
    changeId: integer('change_id').notNull(),
    messageId: integer('message_id').notNull(),
    mailboxId: integer('mailbox_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.changeId, table.messageId, table.mailboxId] })],
);

export const pendingNeeds = sqliteTable(
  'pending_needs',
  {
    changeId: integer('change_id').notNull(),
    needsId: integer('needs_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.changeId, table.needsId] })],
);

export const accountCounters = sqliteTable('account_counters', {
  accountId: integer('account_id').primaryKey(),
  messages: integer('messages').notNull(),
  unreadMessages: integer('unread_messages').notNull(),
  threads: integer('threads').notNull(),
  unreadThreads: integer('unread_threads').notNull(),
});

export const changeHistory = sqliteTable('change_history', {
  id: integer('id').primaryKey(),
  changeId: integer('change_id').notNull(),
  accountId: integer('account_id').notNull(),
  kind: text('kind').notNull(),
  argsJson: text('args_json').notNull(),
  targetsJson: text('targets_json').notNull(),
  origin: text('origin').notNull(),
  gestureId: text('gesture_id').notNull(),
  outcome: text('outcome').notNull(),
  failureJson: text('failure_json'),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at').notNull(),
});

export const historyTargets = sqliteTable(
  'history_targets',
  {
    messageId: integer('message_id').notNull(),
    historyId: integer('history_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.historyId] })],
);

export const gestures = sqliteTable('gestures', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull().unique(),
  origin: text('origin').notNull(),
  mutationJson: text('mutation_json').notNull(),
  state: text('state').notNull(),
  createdAt: integer('created_at').notNull(),
});

export const gestureItems = sqliteTable(
  'gesture_items',
  {
    gestureSeq: integer('gesture_seq').notNull(),
    messageId: integer('message_id').notNull(),
    fromMailbox: integer('from_mailbox').notNull(),
    toMailbox: integer('to_mailbox').notNull(),
    added: text('added').notNull(),
    removed: text('removed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.gestureSeq, table.messageId, table.fromMailbox] })],
);

export const snoozes = sqliteTable('snoozes', {
  messageId: integer('message_id').primaryKey(),
  mailboxId: integer('mailbox_id').notNull(),
  until: integer('until').notNull(),
  state: text('state').notNull(),
});

export const localLabels = sqliteTable(
  'local_labels',
  {
    messageId: integer('message_id').notNull(),
    keyword: text('keyword').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.keyword] })],
);

export const syncLog = sqliteTable('sync_log', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  accountId: integer('account_id').notNull(),
  kind: text('kind').notNull(),
  mailbox: text('mailbox'),
  cause: text('cause').notNull(),
  startedAt: integer('started_at').notNull(),
  finishedAt: integer('finished_at'),
  result: text('result'),
  seen: integer('seen').notNull().default(0),
  added: integer('added').notNull().default(0),
  changed: integer('changed').notNull().default(0),
  removed: integer('removed').notNull().default(0),
  pushed: integer('pushed').notNull().default(0),
  parked: integer('parked').notNull().default(0),
  bytesIn: integer('bytes_in').notNull().default(0),
  bytesOut: integer('bytes_out').notNull().default(0),
  roundTrips: integer('round_trips').notNull().default(0),
  failureJson: text('failure_json'),
  folded: integer('folded').notNull().default(0),
  checkpointBefore: text('checkpoint_before'),
  checkpointAfter: text('checkpoint_after'),
});

export const changeLog = sqliteTable('change_log', {
  seq: integer('seq').primaryKey(),
  collection: integer('collection').notNull(),
  item: integer('item').notNull(),
  op: text('op').notNull(),
  origin: text('origin').notNull(),
  at: integer('at').notNull(),
});

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

export const knownPeople = sqliteTable(
  'known_people',
  {
    nameKey: text('name_key').notNull(),
    address: text('address').notNull(),
    accountId: integer('account_id').notNull(),
    name: text('name').notNull(),
    lastAt: integer('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.nameKey, table.address, table.accountId] })],
);

export const remoteSenders = sqliteTable('remote_senders', {
  address: text('address').primaryKey(),
});

/** What the two indexes of the search hold; they are no tables drizzle could name. */
export const searchDocs = sqliteTable('search_docs', {
  rowid: integer('rowid').primaryKey(),
  messageId: integer('message_id').notNull(),
  accountId: integer('account_id').notNull(),
  state: integer('state').notNull(),
});

export const searchState = sqliteTable('search_state', {
  id: integer('id').primaryKey(),
  seq: integer('seq').notNull(),
  fillBelow: integer('fill_below').notNull(),
});
