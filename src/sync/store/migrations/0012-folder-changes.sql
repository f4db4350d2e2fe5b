-- What is pending on folders is read with every list of folders (SYNC-042): found by itself, however much mail waits.
CREATE INDEX pending_changes_mailboxes ON pending_changes (account_id, id) WHERE lane = 'mailboxes';
