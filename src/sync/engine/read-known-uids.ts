import type { MailboxId } from '../../shared/domain';
import type { UidRange } from '../../shared/observation';
import { appendRanges } from '../../shared/uid-ranges';
import type { Work } from '../ports/turn-queue';
import type { Store } from '../store/open-store';
import { knownUidsPage } from '../store/read/placements';

/** UIDs read in one turn: some 3 ms. A mailbox of 500,000 takes 70 (SYNC-395). */
const PER_TURN = 20_000;

/** UIDs stored for the mailbox under its current validity, read in turns of the thread. */
export async function readKnownUids(
  { read, turns }: Pick<Store, 'read' | 'turns'>,
  mailboxId: MailboxId,
  work: Work,
): Promise<UidRange[]> {
  const ranges: UidRange[] = [];
  for (let above = 0; ; ) {
    const page = knownUidsPage(read, mailboxId, above, PER_TURN);
    appendRanges(ranges, page.ranges);
    if (page.last === null) return ranges;
    above = page.last;
    await turns.next(work);
  }
}
