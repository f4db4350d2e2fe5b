-- What is put off until later (APP-163). Only this computer knows it, so it belongs to our own message id and survives a
-- new UIDVALIDITY. The row counts while the message is in `mailbox_id`: there it sleeps, or is back with a note.
CREATE TABLE snoozes (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  mailbox_id INTEGER NOT NULL,
  until INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX snoozes_due ON snoozes (state, until, message_id);
