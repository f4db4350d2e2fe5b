-- When the mailbox was last compared with its server in full (SYNC-058, SYNC-396); null = not yet. Accounts that were
-- compared before tell it for each of their mailboxes that were complete.
ALTER TABLE mailboxes ADD COLUMN verified_at INTEGER;

UPDATE mailboxes SET verified_at =
  (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'audit.' || mailboxes.account_id)
WHERE id IN (SELECT mailbox_id FROM sync_state WHERE backfill_complete = 1);
