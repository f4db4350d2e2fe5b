import type { AccountId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import { rangesFromUids } from '../../shared/uid-ranges';
import type { Connector } from '../connectors/contract';
import type { ReadableDb } from '../store/handles';
import { mailboxByRole } from '../store/read/mailboxes';
import { isIdentityKnown, sampleIdentities, storedValidity } from '../store/read/placements';

/** Messages of the inbox that are compared, and the share that must be there: mail is deleted elsewhere meanwhile (SYNC-007). */
const SAMPLE = 25;
const LEAST_SHARE = 20 / 25;
/** Looked at where the numbering differs: a rebuilt mailbox still holds what we know. */
const NEWEST = 100;

/**
 * 'same': the numbering is the one we know and at least 20 of 25 sampled messages are where they were. 'renumbered': another
 * numbering over messages we know. 'different': neither. 'unknown': nothing is stored that could be compared.
 */
export type MailboxProof = 'same' | 'renumbered' | 'different' | 'unknown';

/** Compares the inbox a login opens with the one that is stored. */
export async function proveSameMailbox(
  db: ReadableDb,
  accountId: AccountId,
  connector: Connector,
  signal: AbortSignal,
): Promise<Outcome<MailboxProof>> {
  const inbox = mailboxByRole(db, accountId, 'inbox');
  const sample = inbox ? sampleIdentities(db, inbox.id, SAMPLE) : [];
  if (!inbox || sample.length === 0 || !connector.identities) return ok('unknown');
  const ranges = rangesFromUids(sample.map(({ uid }) => uid));
  const there = await connector.identities(inbox.remoteKey, { kind: 'uids', ranges }, signal);
  if (!there.ok) return there;
  if (there.value.uidValidity === storedValidity(db, inbox.id)) {
    const found = sample.filter(({ uid, identity }) => there.value.identities.get(uid) === identity).length;
    return ok(found >= Math.ceil(sample.length * LEAST_SHARE) ? 'same' : 'different');
  }
  const newest = await connector.identities(inbox.remoteKey, { kind: 'newest', count: NEWEST }, signal);
  if (!newest.ok) return newest;
  const known = [...newest.value.identities.values()].some(
    (identity) => identity !== null && isIdentityKnown(db, accountId, identity),
  );
  return ok(known ? 'renumbered' : 'different');
}
