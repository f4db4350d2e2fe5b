import { ANSWERED, FLAGGED, type MailboxRole, type Person } from '../../../shared/domain';
import type { HeaderFacts, PackedMessage } from '../../../shared/observation';
import { COLLECTIONS } from '../collections';
import { hasKeyword } from '../keywords';
import { nameKey } from '../name-key';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

/** A year of whom one writes to is far below; more would only be what nobody remembers. In rows. */
const MAX_KNOWN = 20_000;
/** A message to more people than this was written to a crowd, not to people. */
const MAX_RECIPIENTS = 50;
/** How exact the time of the last contact is kept, so that mail to the same people writes nothing. In milliseconds. */
const TIME_STEP = 30 * 24 * 60 * 60_000;

const OWN_ADDRESSES = readSql<{ email: string }>('SELECT email FROM accounts');
const ROLE = readSql<{ role: MailboxRole | null }>(
  "SELECT nullif(coalesce(role_override, role), 'none') AS role FROM mailboxes WHERE id = ?",
);
interface SenderRecord {
  readonly account_id: number;
  readonly from_name: string;
  readonly from_address: string;
  readonly received_at: number;
}
const SENDER = readSql<SenderRecord>(
  'SELECT account_id, from_name, from_address, received_at FROM messages WHERE id = ?',
);
const LEARN = writeSql(
  `INSERT INTO known_people (name_key, address, account_id, name, last_at) VALUES (?, ?, ?, ?, ?)
   ON CONFLICT (name_key, address, account_id) DO UPDATE SET last_at = excluded.last_at
     WHERE excluded.last_at > last_at + ${TIME_STEP}`,
);
const FORGET = writeSql(
  `DELETE FROM known_people WHERE last_at <= (SELECT last_at FROM known_people ORDER BY last_at DESC LIMIT 1 OFFSET ?)`,
);

/** Where strangers can put a message that bears the user's own address, and where it is not written yet. */
const NOT_SENT = new Set<MailboxRole | null>(['inbox', 'junk', 'trash', 'drafts']);

/**
 * What the messages of one mailbox teach about whom the user knows (APP-087). Made once per batch: it stands beside the
 * hot loop of the first sync and does nothing for a message that is neither sent by the user, nor starred, nor answered.
 */
export function peopleLearner(
  tx: WriteTx,
  accountId: number,
  mailboxId: number,
): (message: PackedMessage) => void {
  const role = prepared(tx.db, ROLE).get(mailboxId)?.role ?? null;
  const own = ownAddresses(tx);
  return ({ keywords, fromAddress, headersJson, receivedAt }) => {
    const maybeOwn = !NOT_SENT.has(role) && own.has(fromAddress.toLowerCase());
    const starred = hasKeyword(keywords, FLAGGED) || hasKeyword(keywords, ANSWERED);
    if (role !== 'sent' && !maybeOwn && !starred) return;
    const headers = JSON.parse(headersJson) as HeaderFacts;
    const learnAll = (people: readonly Person[]) => {
      for (const person of people.slice(0, MAX_RECIPIENTS)) learn(tx, own, accountId, person, receivedAt);
    };
    if (role === 'sent' || (maybeOwn && isOwnCopy(headers, own))) learnAll([...headers.to, ...headers.cc]);
    else if (starred) learnAll(headers.from.slice(0, 1));
  };
}

/**
 * A message of the user's own that is kept elsewhere. What came through a server bears its verdict: then the address
 * proves nothing, and a forger could teach us whom to trust.
 */
function isOwnCopy({ from, authenticationResults }: HeaderFacts, own: ReadonlySet<string>): boolean {
  const sender = from[0]?.address.toLowerCase();
  return sender !== undefined && own.has(sender) && authenticationResults.length === 0;
}

/**
 * The user has starred or answered messages: their senders are known from now on, each as of the newest of them. Many
 * messages at once are by few people.
 */
export function learnSenders(tx: WriteTx, messageIds: readonly number[]): void {
  if (messageIds.length === 0) return;
  const newest = new Map<string, SenderRecord>();
  for (const messageId of messageIds) {
    const sender = prepared(tx.db, SENDER).get(messageId);
    if (!sender) continue;
    const key = `${sender.account_id} ${sender.from_address}\n${sender.from_name}`;
    if ((newest.get(key)?.received_at ?? Number.NEGATIVE_INFINITY) < sender.received_at)
      newest.set(key, sender);
  }
  const own = ownAddresses(tx);
  for (const { account_id, from_name: name, from_address: address, received_at } of newest.values())
    learn(tx, own, account_id, { name, address }, received_at);
}

/** True when keywords that make a sender known are there now and were not before; both packed. */
export function makesKnown(before: string, after: string): boolean {
  return [FLAGGED, ANSWERED].some((keyword) => hasKeyword(after, keyword) && !hasKeyword(before, keyword));
}

/** Forgets who was not written to for longest where there are more than the bound; call daily. */
export function pruneKnownPeople(tx: WriteTx): void {
  const { changes } = prepared(tx.db, FORGET).run(MAX_KNOWN);
  if (changes > 0) tx.log(COLLECTIONS.settings, 0, 'change');
}

function learn(
  tx: WriteTx,
  own: ReadonlySet<string>,
  accountId: number,
  { name, address }: Person,
  at: number,
): void {
  const lower = address.toLowerCase();
  if (name === '' || lower === '' || own.has(lower)) return;
  const key = nameKey(name);
  if (key !== '') prepared(tx.db, LEARN).run(key, lower, accountId, name, at);
}

function ownAddresses(tx: WriteTx): ReadonlySet<string> {
  return new Set(
    prepared(tx.db, OWN_ADDRESSES)
      .all()
      .map(({ email }) => email.toLowerCase()),
  );
}
