-- Labels a server does not keep (SYNC-092): they belong to our own message id, so no listing and no new UIDVALIDITY takes
-- them away.
CREATE TABLE local_labels (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  keyword TEXT NOT NULL,
  PRIMARY KEY (message_id, keyword)
) STRICT, WITHOUT ROWID;

-- Whether labels given to mail in it stay on this computer, as the server said last; null = it was not asked yet.
ALTER TABLE mailboxes ADD COLUMN labels_here INTEGER;

-- Which labels there are: rows without any cost nothing.
CREATE INDEX list_rows_labels ON list_rows (list_id, labels) WHERE labels <> '';
