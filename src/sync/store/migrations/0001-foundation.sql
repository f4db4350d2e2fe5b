-- The tables of the store. Facts (placements), intents (pending_*) and screen (memberships, messages.keywords,
-- list_rows, lists) are kept apart: the screen is always replay(facts, intents) (SYNC rule 2).

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  protocol TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  hue INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  failure_json TEXT,
  paused INTEGER NOT NULL DEFAULT 0,
  settings_json TEXT,
  secret_ref TEXT,
  pinned_json TEXT NOT NULL DEFAULT '[]',
  last_synced_at INTEGER,
  watch TEXT NOT NULL DEFAULT 'none',
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mailboxes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  parent_id INTEGER,
  remote_key TEXT,
  remote_id TEXT,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  delimiter TEXT,
  role TEXT,
  role_override TEXT,
  selectable INTEGER NOT NULL,
  subscribed INTEGER NOT NULL,
  namespace TEXT NOT NULL,
  policy TEXT NOT NULL DEFAULT 'everything',
  server_total INTEGER,
  server_unseen INTEGER,
  status_json TEXT,
  last_synced_at INTEGER,
  tombstoned_at INTEGER,
  created_by_change INTEGER,
  stored_count INTEGER NOT NULL DEFAULT 0,
  body_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX mailboxes_remote_key ON mailboxes (account_id, remote_key);

CREATE TABLE sync_state (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailboxes (id) ON DELETE CASCADE,
  checkpoint_json TEXT,
  uid_validity TEXT NOT NULL,
  backfill_complete INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  identity TEXT,
  subject TEXT NOT NULL,
  base_subject TEXT NOT NULL,
  subject_hash INTEGER NOT NULL,
  loose_reply INTEGER NOT NULL,
  from_name TEXT NOT NULL,
  from_address TEXT NOT NULL,
  headers_json TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  date INTEGER NOT NULL,
  size INTEGER NOT NULL,
  snippet TEXT NOT NULL,
  keywords TEXT NOT NULL,
  has_attachment INTEGER NOT NULL,
  parts_json TEXT NOT NULL,
  body_state TEXT NOT NULL,
  orphaned_at INTEGER
) STRICT;
CREATE INDEX messages_identity ON messages (account_id, identity);
CREATE INDEX messages_thread ON messages (thread_id);
CREATE INDEX messages_subject ON messages (account_id, subject_hash, received_at);
CREATE INDEX messages_loose ON messages (account_id, subject_hash, received_at) WHERE loose_reply = 1;
CREATE INDEX messages_received ON messages (account_id, received_at, id);
CREATE INDEX messages_queued ON messages (account_id) WHERE body_state = 'queued';
CREATE INDEX messages_missing ON messages (account_id, body_state, received_at) WHERE body_state IN ('none', 'queued');
CREATE INDEX messages_orphaned ON messages (account_id, orphaned_at) WHERE orphaned_at IS NOT NULL;

-- What the server last said. Unverified rows carry UIDs of an older UIDVALIDITY until they are re-linked (SYNC-082).
CREATE TABLE placements (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages (id),
  mailbox_id INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  keywords TEXT NOT NULL,
  modseq TEXT,
  verified INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX placements_uid ON placements (mailbox_id, uid) WHERE verified = 1;
CREATE INDEX placements_unverified ON placements (mailbox_id) WHERE verified = 0;
CREATE INDEX placements_message ON placements (message_id, mailbox_id);

CREATE TABLE memberships (
  mailbox_id INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  message_id INTEGER NOT NULL REFERENCES messages (id),
  PRIMARY KEY (mailbox_id, received_at, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_message ON memberships (message_id);

-- A merged thread points to the one it became part of, so the ids that lead to it need no rewriting.
CREATE TABLE threads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  merged_into INTEGER
) STRICT;
CREATE INDEX threads_account ON threads (account_id);

-- Every id ever seen, also of messages we do not have; the key is the hash of (id, base subject).
CREATE TABLE thread_ids (
  account_id INTEGER NOT NULL,
  id_hash INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  owners INTEGER NOT NULL,
  PRIMARY KEY (account_id, id_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE lists (
  list_id INTEGER PRIMARY KEY,
  mode TEXT NOT NULL DEFAULT 'threads',
  rows INTEGER NOT NULL DEFAULT 0,
  unread_rows INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  unread_messages INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE list_rows (
  list_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  latest_at INTEGER NOT NULL,
  sender_key TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  size INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  message_count INTEGER NOT NULL,
  unread_count INTEGER NOT NULL,
  list_messages INTEGER NOT NULL,
  list_unread INTEGER NOT NULL,
  marks INTEGER NOT NULL,
  labels TEXT NOT NULL,
  participants TEXT,
  PRIMARY KEY (list_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_rows_thread ON list_rows (thread_id);
CREATE INDEX list_rows_date ON list_rows (list_id, latest_at, item_id);
CREATE INDEX list_rows_sender ON list_rows (list_id, sender_key, latest_at, item_id);
CREATE INDEX list_rows_subject ON list_rows (list_id, subject_key, latest_at, item_id);
CREATE INDEX list_rows_size ON list_rows (list_id, size, latest_at, item_id);
CREATE INDEX list_rows_unread ON list_rows (list_id, unread, latest_at, item_id);
CREATE INDEX list_rows_starred ON list_rows (list_id, starred, latest_at, item_id);

CREATE TABLE blobs (
  hash TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  data BLOB
) STRICT;

CREATE TABLE bodies (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  text_encoding TEXT,
  text BLOB,
  html_encoding TEXT,
  html BLOB,
  truncated INTEGER NOT NULL,
  protection TEXT NOT NULL,
  charset TEXT,
  source_hash TEXT REFERENCES blobs (hash)
) STRICT;
CREATE INDEX bodies_source ON bodies (source_hash);

CREATE TABLE attachments (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  idx INTEGER NOT NULL,
  section TEXT,
  filename TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  content_id TEXT,
  inline INTEGER NOT NULL,
  blob_hash TEXT REFERENCES blobs (hash),
  PRIMARY KEY (message_id, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_blob ON attachments (blob_hash);

CREATE TABLE pending_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  args_json TEXT NOT NULL,
  base_json TEXT NOT NULL,
  origin TEXT NOT NULL,
  gesture_id TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  not_before INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  first_failure_at INTEGER,
  last_error_json TEXT,
  claim_run TEXT,
  wire_json TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX pending_changes_state ON pending_changes (account_id, state, id);
CREATE INDEX pending_changes_parked ON pending_changes (state, id);
CREATE INDEX pending_changes_gesture ON pending_changes (gesture_id);

-- mailbox_id: the source of a move or delete, 0 where the change does not concern one.
CREATE TABLE pending_targets (
  change_id INTEGER NOT NULL REFERENCES pending_changes (id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL,
  mailbox_id INTEGER NOT NULL,
  PRIMARY KEY (change_id, message_id, mailbox_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_targets_message ON pending_targets (message_id, change_id);

CREATE TABLE pending_needs (
  change_id INTEGER NOT NULL REFERENCES pending_changes (id) ON DELETE CASCADE,
  needs_id INTEGER NOT NULL,
  PRIMARY KEY (change_id, needs_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_needs_needs ON pending_needs (needs_id);

CREATE TABLE change_history (
  id INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  args_json TEXT NOT NULL,
  targets_json TEXT NOT NULL,
  origin TEXT NOT NULL,
  gesture_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  failure_json TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL
) STRICT;
CREATE INDEX change_history_finished ON change_history (finished_at);
CREATE INDEX change_history_change ON change_history (change_id);
CREATE INDEX change_history_gesture ON change_history (gesture_id);

-- What each gesture did on screen, message by message: the memory of undo and redo (SYNC-235, 245, 246).
CREATE TABLE gestures (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  mutation_json TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE gesture_items (
  gesture_seq INTEGER NOT NULL REFERENCES gestures (seq) ON DELETE CASCADE,
  message_id INTEGER NOT NULL,
  from_mailbox INTEGER NOT NULL,
  to_mailbox INTEGER NOT NULL,
  added TEXT NOT NULL,
  removed TEXT NOT NULL,
  PRIMARY KEY (gesture_seq, message_id, from_mailbox)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  mailbox TEXT,
  cause TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  result TEXT,
  seen INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  pushed INTEGER NOT NULL DEFAULT 0,
  parked INTEGER NOT NULL DEFAULT 0,
  bytes_in INTEGER NOT NULL DEFAULT 0,
  bytes_out INTEGER NOT NULL DEFAULT 0,
  round_trips INTEGER NOT NULL DEFAULT 0,
  failure_json TEXT,
  folded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sync_log_account ON sync_log (account_id, id);

-- seq is assigned as max + 1 and the newest row is never pruned: gap-free, never reused (SYNC-314).
CREATE TABLE change_log (
  seq INTEGER PRIMARY KEY,
  collection INTEGER NOT NULL,
  item INTEGER NOT NULL,
  op TEXT NOT NULL,
  origin TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX change_log_collection ON change_log (collection, seq);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE remote_senders (
  address TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
