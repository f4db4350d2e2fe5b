-- What a person has been told about a message on its way out: that its undo time runs again since a start (SYNC-287), and
-- that it has not left for a quarter of an hour (SYNC-275).
ALTER TABLE outbox ADD COLUMN resumed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN told_late INTEGER NOT NULL DEFAULT 0;
