import type { IdentityView } from '../../../shared/contract/compose-views';
import type { AccountId, IdentityId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { listAccounts } from './accounts';

interface IdentityRecord {
  id: IdentityId;
  account_id: AccountId;
  name: string;
  address: string;
  reply_to: string | null;
  bcc_self: number;
  signature_html: string;
  signature_place: IdentityView['signaturePlace'];
  signature_in_replies: number;
  sent_mailbox_id: number | null;
}

const IDENTITY = readSql<IdentityRecord>('SELECT * FROM identities WHERE id = ?');
const OF_ACCOUNT = readSql<IdentityRecord>(
  'SELECT * FROM identities WHERE account_id = ? ORDER BY position, id',
);

/** Null when there is no such identity. */
export function getIdentity(db: ReadableDb, id: IdentityId): IdentityView | null {
  const record = prepared(db, IDENTITY).get(id);
  if (!record) return null;
  const first = prepared(db, OF_ACCOUNT).get(record.account_id);
  return toIdentity(record, first?.id === record.id);
}

/** Of one account, the first one being what new messages are from. */
export function identitiesOf(db: ReadableDb, accountId: AccountId): IdentityView[] {
  return prepared(db, OF_ACCOUNT)
    .all(accountId)
    .map((record, at) => toIdentity(record, at === 0));
}

/** Of every account that is not going, in order of account and position. */
export function listIdentities(db: ReadableDb): IdentityView[] {
  return listAccounts(db)
    .filter(({ state }) => state !== 'removing')
    .flatMap(({ id }) => identitiesOf(db, id));
}

function toIdentity(record: IdentityRecord, isDefault: boolean): IdentityView {
  return {
    id: record.id,
    accountId: record.account_id,
    name: record.name,
    address: record.address,
    replyTo: record.reply_to,
    bccSelf: record.bcc_self === 1,
    signatureHtml: record.signature_html,
    signaturePlace: record.signature_place,
    signatureInReplies: record.signature_in_replies === 1,
    sentMailboxId: record.sent_mailbox_id,
    isDefault,
  };
}
