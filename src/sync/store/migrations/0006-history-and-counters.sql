-- What happened to one message (SYNC-315): its entries of the change log, and the settled changes that named it.
-- New messages come with rising ids, so the index grows at its end.
CREATE INDEX change_log_message ON change_log (item, seq) WHERE collection > 0;

CREATE TABLE history_targets (
  message_id INTEGER NOT NULL,
  history_id INTEGER NOT NULL REFERENCES change_history (id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, history_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX history_targets_history ON history_targets (history_id);

INSERT OR IGNORE INTO history_targets (message_id, history_id)
  SELECT json_extract(t.value, '$[0]'), h.id FROM change_history h, json_each(h.targets_json) t;

-- Conversations of a list whatever its rows are, and what every account has in all (SYNC-380).
ALTER TABLE lists ADD COLUMN threads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lists ADD COLUMN unread_threads INTEGER NOT NULL DEFAULT 0;
UPDATE lists SET
  threads = (SELECT count(DISTINCT thread_id) FROM list_rows r WHERE r.list_id = lists.list_id),
  unread_threads = (SELECT count(DISTINCT thread_id) FROM list_rows r WHERE r.list_id = lists.list_id AND r.unread = 1);

CREATE TABLE account_counters (
  account_id INTEGER PRIMARY KEY,
  messages INTEGER NOT NULL,
  unread_messages INTEGER NOT NULL,
  threads INTEGER NOT NULL,
  unread_threads INTEGER NOT NULL
) STRICT;
INSERT INTO account_counters (account_id, messages, unread_messages, threads, unread_threads)
  SELECT t.account_id, sum(r.list_messages), sum(r.list_unread), count(DISTINCT r.thread_id),
    count(DISTINCT CASE WHEN r.unread = 1 THEN r.thread_id END)
  FROM list_rows r JOIN threads t ON t.id = r.thread_id WHERE r.list_id = -6 GROUP BY t.account_id;
