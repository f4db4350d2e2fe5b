-- Orders of a list besides the one by date are laid out when somebody looks at the list that way, and dropped when
-- nobody does any more: sixteen indexes were paid for by every message and every star, and hardly ever read (ADR 0200).
-- What is left serves each filter by date. The column that is filtered by comes last: without it SQLite looks up every
-- row it passes on the way to a page.

DROP INDEX list_rows_sender;
DROP INDEX list_rows_subject;
DROP INDEX list_rows_size;
DROP INDEX list_rows_unread;
DROP INDEX list_rows_starred;
DROP INDEX list_rows_unread_sender;
DROP INDEX list_rows_unread_subject;
DROP INDEX list_rows_unread_size;
DROP INDEX list_rows_unread_starred;
DROP INDEX list_rows_starred_sender;
DROP INDEX list_rows_starred_subject;
DROP INDEX list_rows_starred_size;
DROP INDEX list_rows_starred_unread;
DROP INDEX list_rows_attachments_sender;
DROP INDEX list_rows_attachments_subject;
DROP INDEX list_rows_attachments_size;
DROP INDEX list_rows_attachments_unread;
DROP INDEX list_rows_attachments_starred;

CREATE INDEX list_rows_unread_date ON list_rows (list_id, latest_at, item_id, unread) WHERE unread = 1;
CREATE INDEX list_rows_starred_date ON list_rows (list_id, latest_at, item_id, starred) WHERE starred = 1;

-- One order of one list: 'building' = rows up to item built_to are in order_rows, 'ready' = all are, 'leaving' = nobody
-- reads or follows it, its rows go in chunks.
CREATE TABLE list_orders (
  order_id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL,
  sort TEXT NOT NULL,
  filter TEXT NOT NULL,
  state TEXT NOT NULL,
  built_to INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX list_orders_of_list ON list_orders (list_id, sort, filter) WHERE state <> 'leaving';

-- key: the column of list_rows that is sorted by, text or number.
CREATE TABLE order_rows (
  order_id INTEGER NOT NULL,
  key ANY NOT NULL,
  latest_at INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  PRIMARY KEY (order_id, key, latest_at, item_id)
) STRICT, WITHOUT ROWID;
