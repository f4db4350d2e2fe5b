-- Lists filtered to unread, starred or with attachments (APP-062): how many rows each filter leaves, and an index per
-- order over the rows it leaves alone. By date, unread and starred rows already stand together in the indexes that
-- sort by them. Bit 8 of marks is "has an attachment". The column that is filtered by comes last in each index: without
-- it SQLite looks up every row it passes on the way to a page.

ALTER TABLE lists ADD COLUMN starred_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lists ADD COLUMN attachment_rows INTEGER NOT NULL DEFAULT 0;

CREATE INDEX list_rows_unread_sender ON list_rows (list_id, sender_key, latest_at, item_id, unread) WHERE unread = 1;
CREATE INDEX list_rows_unread_subject ON list_rows (list_id, subject_key, latest_at, item_id, unread) WHERE unread = 1;
CREATE INDEX list_rows_unread_size ON list_rows (list_id, size, latest_at, item_id, unread) WHERE unread = 1;
CREATE INDEX list_rows_unread_starred ON list_rows (list_id, starred, latest_at, item_id, unread) WHERE unread = 1;

CREATE INDEX list_rows_starred_sender ON list_rows (list_id, sender_key, latest_at, item_id, starred) WHERE starred = 1;
CREATE INDEX list_rows_starred_subject ON list_rows (list_id, subject_key, latest_at, item_id, starred) WHERE starred = 1;
CREATE INDEX list_rows_starred_size ON list_rows (list_id, size, latest_at, item_id, starred) WHERE starred = 1;
CREATE INDEX list_rows_starred_unread ON list_rows (list_id, unread, latest_at, item_id, starred) WHERE starred = 1;

CREATE INDEX list_rows_attachments_date ON list_rows (list_id, latest_at, item_id, marks) WHERE marks & 8 <> 0;
CREATE INDEX list_rows_attachments_sender ON list_rows (list_id, sender_key, latest_at, item_id, marks) WHERE marks & 8 <> 0;
CREATE INDEX list_rows_attachments_subject ON list_rows (list_id, subject_key, latest_at, item_id, marks) WHERE marks & 8 <> 0;
CREATE INDEX list_rows_attachments_size ON list_rows (list_id, size, latest_at, item_id, marks) WHERE marks & 8 <> 0;
CREATE INDEX list_rows_attachments_unread ON list_rows (list_id, unread, latest_at, item_id, marks) WHERE marks & 8 <> 0;
CREATE INDEX list_rows_attachments_starred ON list_rows (list_id, starred, latest_at, item_id, marks) WHERE marks & 8 <> 0;

UPDATE lists SET
  starred_rows = (SELECT count(*) FROM list_rows r WHERE r.list_id = lists.list_id AND r.starred = 1),
  attachment_rows = (SELECT count(*) FROM list_rows r WHERE r.list_id = lists.list_id AND r.marks & 8 <> 0);
