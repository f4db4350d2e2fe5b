import type { MailboxId, MessageId } from '../../../shared/domain';
import type { BodyFacts, ObservedMessage } from '../../../shared/observation';
import { must } from '../assert';
import { packMessage } from '../pack-message';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { insertMessage, prepareInsert } from './insert-message';
import { peopleLearner } from './learn-people';
import { placeMessage } from './placements';
import { storeBodies } from './store-bodies';

const ACCOUNT = readSql<{ account_id: number }>('SELECT account_id FROM mailboxes WHERE id = ?');
const BY_IDENTITY = readSql<{ id: number }>(
  'SELECT id FROM messages WHERE account_id = ? AND identity = ? LIMIT 1',
);

export interface ImportedMessage {
  readonly observed: ObservedMessage;
  readonly body: BodyFacts;
}

/** Puts complete messages into a mailbox of a local account; one that is known gets a second membership. */
export function importMessages(
  tx: WriteTx,
  mailboxId: MailboxId,
  items: readonly ImportedMessage[],
): MessageId[] {
  const accountId = must(prepared(tx.db, ACCOUNT).get(mailboxId), 'the mailbox exists').account_id;
  const insert = prepareInsert(tx);
  const learn = peopleLearner(tx, accountId, mailboxId);
  return items.map(({ observed, body }) => {
    const message = packMessage(observed);
    const { identity } = message;
    learn(message);
    const twin = identity === null ? undefined : prepared(tx.db, BY_IDENTITY).get(accountId, identity);
    if (twin) placeMessage(tx, twin.id, mailboxId, message);
    const id = (twin?.id ?? insertMessage(tx, insert, accountId, mailboxId, message)) as MessageId;
    storeBodies(tx, [{ messageId: id, body }]);
    return id;
  });
}
