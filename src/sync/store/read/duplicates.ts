import type { MessageId } from '../../../shared/domain';
import { SMART_LISTS } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { hasKeyword } from '../keywords';
import { readScreenContext } from '../screen/screen-context';
import { sleepingIn } from '../snooze';
import { prepared, readSql } from '../sql';
import { readSnooze } from './snoozes';

const UNREAD = readSql<{
  id: number;
  account_id: number;
  keywords: string;
  mailbox_id: number;
  name: string | null;
}>(
  `SELECT m.id, m.account_id, m.keywords, s.mailbox_id, json_extract(m.headers_json, '$.messageId') AS name
   FROM (SELECT thread_id FROM list_rows WHERE list_id = ${SMART_LISTS.inbox} AND unread = 1
         ORDER BY latest_at DESC, item_id DESC LIMIT ?) k
     CROSS JOIN messages m ON m.thread_id = k.thread_id CROSS JOIN memberships s ON s.message_id = m.id`,
);

/** Unread conversations that are looked through, the newest: beyond, nobody counts on the last one. */
const MOST_LOOKED_THROUGH = 5_000;

/**
 * Unread messages in inboxes that are another account's copy of one that is counted already, by their Message-ID
 * (SYNC-384): a letter to two of the user's addresses comes twice.
 */
export function unreadDuplicates(db: ReadableDb): number {
  const context = readScreenContext(db);
  const accounts = new Map<string, Set<number>>();
  for (const row of prepared(db, UNREAD).iterate(MOST_LOOKED_THROUGH)) {
    if (row.name === null || hasKeyword(row.keywords, '$seen')) continue;
    if (context.roleOf(row.mailbox_id) !== 'inbox') continue;
    const snooze = readSnooze(db, row.id as MessageId);
    if (sleepingIn({ snooze, mailboxIds: [row.mailbox_id] }, context.isHidden) !== null) continue;
    const known = accounts.get(row.name);
    if (known) known.add(row.account_id);
    else accounts.set(row.name, new Set([row.account_id]));
  }
  let duplicates = 0;
  for (const { size } of accounts.values()) duplicates += size - 1;
  return duplicates;
}
