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
