/** A table whose rows exist nowhere but here. */
export interface OwnTable {
  readonly name: string;
  /** Which rows go into the compact backup; all when left out. */
  readonly where?: string;
  /**
   * How its rows come back: 'replace' = the backup's are all there are, 'merge' = they take the place of rows with the
   * same key, 'known' = `replay-compact` knows what of them is ours.
   */
  readonly restore: 'replace' | 'merge' | 'known';
}

/** Gestures of what waits: undo goes on working for it. The others are in the daily backup. */
const OF_WAITING = 'SELECT seq FROM gestures WHERE id IN (SELECT gesture_id FROM pending_changes)';

/** Files of drafts, and what is on its way out: large ones lie beside the database and are there by their name. */
const OUR_CONTENT =
  'SELECT blob_hash FROM draft_attachments UNION SELECT transmitted_hash FROM outbox UNION SELECT filed_hash FROM outbox';

/** What no server can give back (SYNC-393); a table stands behind the ones it refers to. */
export const OWN_TABLES: readonly OwnTable[] = [
  { name: 'accounts', restore: 'known' },
  { name: 'mailboxes', restore: 'known' },
  { name: 'lists', restore: 'known' },
  { name: 'settings', restore: 'known' },
  { name: 'remote_senders', restore: 'replace' },
  { name: 'snoozes', restore: 'replace' },
  { name: 'local_labels', restore: 'replace' },
  { name: 'pending_changes', restore: 'replace' },
  { name: 'pending_targets', restore: 'replace' },
  { name: 'pending_needs', restore: 'replace' },
  { name: 'identities', restore: 'replace' },
  { name: 'drafts', restore: 'replace' },
  { name: 'draft_revisions', restore: 'replace' },
  { name: 'draft_attachments', restore: 'replace' },
  { name: 'draft_chunks', restore: 'replace' },
  { name: 'outbox', restore: 'replace' },
  { name: 'outbox_recipients', restore: 'replace' },
  { name: 'submission_facts', restore: 'replace' },
  { name: 'blobs', restore: 'merge', where: `hash IN (${OUR_CONTENT})` },
  { name: 'gestures', restore: 'merge', where: `seq IN (${OF_WAITING})` },
  { name: 'gesture_items', restore: 'merge', where: `gesture_seq IN (${OF_WAITING})` },
];

/** What is fetched, computed or written anew; of messages and placements the backup holds those our own rows name. */
export const TABLES_THAT_COME_AGAIN: readonly string[] = [
  'messages',
  'placements',
  'sync_state',
  'memberships',
  'threads',
  'thread_ids',
  'list_rows',
  'list_orders',
  'order_rows',
  'bodies',
  'attachments',
  'change_history',
  'history_targets',
  'change_log',
  'sync_log',
  'account_counters',
  'known_people',
  'search_docs',
  'search_state',
];
