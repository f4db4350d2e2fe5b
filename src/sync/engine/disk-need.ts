import type { Store } from '../store/open-store';
import { listAccounts } from '../store/read/accounts';
import { listMailboxes } from '../store/read/mailboxes';

/** A message as people get them, with its attachments, after compression; for an estimate that says "about". */
const MESSAGE_BYTES = 60_000;
/** Its row, threads and places in lists, while only the header is wanted. */
const HEADER_BYTES = 4_000;

/**
 * About how many bytes have to become free before mail is stored again and everything that is still at the servers fits
 * (SYNC-348); null while the disk is not full.
 */
export function diskNeed({ space, read }: Pick<Store, 'space' | 'read'>): number | null {
  if (!space.isFull()) return null;
  let missing = 0;
  for (const account of listAccounts(read)) {
    for (const { policy, serverTotal, storedCount, bodyCount, tombstonedAt } of listMailboxes(
      read,
      account.id,
    )) {
      if (policy === 'off' || serverTotal === null || tombstonedAt !== null) continue;
      missing += Math.max(0, serverTotal - storedCount) * HEADER_BYTES;
      if (policy !== 'headers') missing += Math.max(0, serverTotal - bodyCount) * MESSAGE_BYTES;
    }
  }
  return Math.max(space.workingBytes, space.workingBytes + missing - space.freeBytes());
}
