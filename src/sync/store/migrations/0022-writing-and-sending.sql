-- Writing and sending. All of it exists nowhere but here until a server has taken it (SYNC-393).

-- A From the user may send as (APP-012); every account has at least the one of its own address.
CREATE TABLE identities (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  reply_to TEXT,
  bcc_self INTEGER NOT NULL DEFAULT 0,
  signature_html TEXT NOT NULL DEFAULT '',
  signature_place TEXT NOT NULL DEFAULT 'above-quote',
  signature_in_replies INTEGER NOT NULL DEFAULT 1,
  sent_mailbox_id INTEGER
) STRICT;
CREATE INDEX identities_account ON identities (account_id, position, id);
INSERT INTO identities (account_id, position, name, address)
  SELECT id, 0, iif(name = email, '', name), email FROM accounts WHERE email <> '';

-- shown_message is its row in the Drafts mailbox; related_message what it answers or forwards. Both may go: then null.
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  quick INTEGER NOT NULL,
  state TEXT NOT NULL,
  related_message INTEGER,
  shown_message INTEGER,
  token TEXT NOT NULL UNIQUE,
  message_id_header TEXT NOT NULL,
  in_reply_to TEXT,
  references_json TEXT NOT NULL,
  revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  content_json TEXT NOT NULL,
  touched INTEGER NOT NULL DEFAULT 0,
  upstream_revision INTEGER,
  edited_elsewhere INTEGER NOT NULL DEFAULT 0,
  ends_at INTEGER
) STRICT;
CREATE INDEX drafts_account ON drafts (account_id, id);
CREATE INDEX drafts_state ON drafts (state, saved_at, id);
CREATE INDEX drafts_shown ON drafts (shown_message) WHERE shown_message IS NOT NULL;
CREATE INDEX drafts_related ON drafts (related_message) WHERE related_message IS NOT NULL;

CREATE TABLE draft_revisions (
  draft_id INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  first_line TEXT NOT NULL,
  encoding TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (draft_id, revision)
) STRICT, WITHOUT ROWID;

-- blob_hash is null while the bytes are on their way, or of the original and not loaded yet.
CREATE TABLE draft_attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft_id INTEGER NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  filename TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  content_id TEXT,
  blob_hash TEXT,
  received INTEGER NOT NULL DEFAULT 0,
  source_message INTEGER,
  source_index INTEGER
) STRICT;
CREATE INDEX draft_attachments_draft ON draft_attachments (draft_id, id);
CREATE INDEX draft_attachments_blob ON draft_attachments (blob_hash);

CREATE TABLE draft_chunks (
  attachment_id INTEGER NOT NULL REFERENCES draft_attachments (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (attachment_id, at)
) STRICT, WITHOUT ROWID;

-- One message on its way out: frozen bytes and envelope, and how far it got (SYNC-270, 277).
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  identity_id INTEGER,
  state TEXT NOT NULL,
  from_name TEXT NOT NULL,
  from_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  snippet TEXT NOT NULL,
  size INTEGER NOT NULL,
  has_attachment INTEGER NOT NULL,
  message_id_header TEXT NOT NULL,
  date INTEGER NOT NULL,
  transmitted_hash TEXT NOT NULL,
  filed_hash TEXT,
  needs_utf8 INTEGER NOT NULL,
  null_sender INTEGER NOT NULL DEFAULT 0,
  dsn_json TEXT,
  token TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  origin_key TEXT,
  draft_id INTEGER,
  shown_message INTEGER,
  related_message INTEGER,
  related_mark TEXT,
  sent_mailbox_id INTEGER,
  created_at INTEGER NOT NULL,
  not_before INTEGER,
  zone TEXT,
  overdue INTEGER NOT NULL DEFAULT 0,
  to_others INTEGER NOT NULL DEFAULT 0,
  stage TEXT,
  claim_run TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  first_failure_at INTEGER,
  sent_bytes INTEGER,
  failure_json TEXT,
  queue_text TEXT,
  looks INTEGER NOT NULL DEFAULT 0,
  observed TEXT,
  accepted_at INTEGER,
  file_after INTEGER,
  sent_uid_from INTEGER,
  filed_uid INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX outbox_account ON outbox (account_id, state, id);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_check ON outbox (account_id) WHERE file_after IS NOT NULL;
CREATE INDEX outbox_message_id ON outbox (account_id, message_id_header);
CREATE INDEX outbox_shown ON outbox (shown_message) WHERE shown_message IS NOT NULL;
CREATE INDEX outbox_blob ON outbox (transmitted_hash);
CREATE INDEX outbox_filed ON outbox (filed_hash);
CREATE UNIQUE INDEX outbox_origin ON outbox (origin, origin_key) WHERE origin_key IS NOT NULL;

CREATE TABLE outbox_recipients (
  outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  failure_json TEXT,
  PRIMARY KEY (outbox_id, position)
) STRICT, WITHOUT ROWID;

-- What was seen of a submission server (SYNC-274, 284): does it file copies, what does it take.
CREATE TABLE submission_facts (
  account_id INTEGER NOT NULL,
  host TEXT NOT NULL,
  files_copies INTEGER,
  max_bytes INTEGER,
  utf8 INTEGER,
  dsn INTEGER,
  PRIMARY KEY (account_id, host)
) STRICT, WITHOUT ROWID;
