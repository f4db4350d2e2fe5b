-- The search (SYNC-360 to 377): an index of words and one of parts of words, fed from the change log by search/feed.ts in
-- the transaction that moves search_state. No triggers and no copy of the text: both are contentless, and a message that
-- goes is deleted by its rowid. The rowid is the second it was received in, times 2^20, plus a tie-breaker (SYNC-363).
-- Our terms are folded and split already (search/words.ts); marks and what SQLite's tables do not know yet belong to words.

CREATE VIRTUAL TABLE search_words USING fts5 (
  subject, author, addressee, copied, blind, body, files, list,
  content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Cn'"
);
CREATE VIRTUAL TABLE search_parts USING fts5 (
  subject, author, addressee, copied, blind, files,
  content = '', contentless_delete = 1, tokenize = "trigram case_sensitive 1"
);

-- Merged in turns of our own (search/merge.ts), never inside a commit.
INSERT INTO search_words (search_words, rank) VALUES ('automerge', 0);
INSERT INTO search_parts (search_parts, rank) VALUES ('automerge', 0);

-- What is in the index. state: 0 = headers, the text is not here yet; 1 = with its text, or there is none to come.
CREATE TABLE search_docs (
  rowid INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  state INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX search_docs_message ON search_docs (message_id);
CREATE INDEX search_docs_headers ON search_docs (account_id, rowid) WHERE state = 0;

-- One row: the position in the change log everything up to which is in the index, and the filling from what was there
-- before: messages with an id above fill_below are done, 0 = all.
CREATE TABLE search_state (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  fill_below INTEGER NOT NULL
) STRICT;

-- Of what is stored in a mailbox, how many messages a search finds, and how many by their text.
ALTER TABLE mailboxes ADD COLUMN indexed_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mailboxes ADD COLUMN indexed_bodies INTEGER NOT NULL DEFAULT 0;

-- Filters that match rarely walk these instead of the matches of the words (SYNC-369): what is unread, and what bears
-- any mark or label besides being read.
CREATE INDEX messages_unread ON messages (received_at) WHERE instr(keywords, '$seen') = 0;
CREATE INDEX messages_marked ON messages (received_at, keywords) WHERE keywords <> '' AND keywords <> '$seen';
