import { DRAFT, type MailboxId, type MessageId, SEEN } from '../../../shared/domain';
import { draftOfMessage } from '../read/drafts';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { setDraftMessage, setEditedElsewhere } from './drafts';
import { keepOnlyHere } from './local-message';

const PLACED = readSql<{ id: number }>('SELECT id FROM placements WHERE message_id = ? LIMIT 1');

/**
 * Another device took away, or wrote anew, a draft that is open here. Text the server has not seen is never lost: the
 * draft stays as ours alone, beside theirs (section 8, "draft edited elsewhere", "gone"). One that was as the server had
 * it goes with the server; should somebody still be writing in it, the next save makes it a new one.
 */
export function keepWrittenDrafts(tx: WriteTx, mailboxId: MailboxId, lost: readonly number[]): void {
  for (const id of lost) {
    const draft = draftOfMessage(tx.db, id);
    if (draft?.state !== 'open' || prepared(tx.db, PLACED).get(id)) continue;
    const isUnsaved = draft.upstreamRevision !== draft.revision;
    setEditedElsewhere(tx, draft.id, true);
    if (isUnsaved) keepOnlyHere(tx, id as MessageId, mailboxId, [DRAFT, SEEN]);
    else setDraftMessage(tx, draft.id, null);
  }
}
