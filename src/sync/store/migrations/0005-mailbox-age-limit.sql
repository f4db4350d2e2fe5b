-- Bodies of messages older than so many days are not loaded unasked (SYNC-043); null = all.
ALTER TABLE mailboxes ADD COLUMN age_limit_days INTEGER;
