-- Where a cycle began and where it ended (SYNC-310): digests, which tell only whether anything moved.
ALTER TABLE sync_log ADD COLUMN checkpoint_before TEXT;
ALTER TABLE sync_log ADD COLUMN checkpoint_after TEXT;
