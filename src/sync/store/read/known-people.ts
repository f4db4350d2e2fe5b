import type { Person } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { nameKey, withoutVia } from '../name-key';
import { prepared, readSql } from '../sql';

/** A name that more addresses than this bear tells nobody apart. */
const MAX_ADDRESSES = 6;

const BEARERS = readSql<{ address: string; name: string }>(
  'SELECT address, name FROM known_people WHERE name_key = ? ORDER BY address LIMIT ?',
);
const KNOWN = readSql<{ address: string }>(
  'SELECT address FROM known_people WHERE name_key = ? AND address = ? LIMIT 1',
);
const OWN = readSql<{ email: string }>('SELECT email FROM accounts');

/** Whom the user knows under a name that this person bears, too (APP-087). */
export interface Namesake {
  /** As the user knows it. */
  readonly name: string;
  /** Lower case. */
  readonly addresses: readonly string[];
}

/**
 * Somebody the user knows whose name this person bears with another address; null for ordinary mail: the address is
 * known under the name, is one of the user's own, or the name tells nobody apart. `throughList`: the message says that
 * it came through a list, which then adds its own name to the author's.
 */
export function namesakeOf(db: ReadableDb, { name, address }: Person, throughList: boolean): Namesake | null {
  if (address === '') return null;
  const key = nameKey(throughList ? name : withoutVia(name));
  if (key === '') return null;
  const found = prepared(db, BEARERS).all(key, MAX_ADDRESSES + 1);
  const [first] = found;
  if (first === undefined || found.length > MAX_ADDRESSES) return null;
  const addresses = [...new Set(found.map((row) => row.address))];
  const real = address.toLowerCase();
  if (addresses.some((known) => withoutTag(known) === withoutTag(real))) return null;
  const own = prepared(db, OWN).all();
  return own.some(({ email }) => email.toLowerCase() === real) ? null : { name: first.name, addresses };
}

/** Whether the user has been in touch with this person: whom one wrote to, or whose mail one starred or answered. */
export function isKnownPerson(db: ReadableDb, { name, address }: Person): boolean {
  const key = nameKey(name);
  return key !== '' && prepared(db, KNOWN).get(key, address.toLowerCase()) !== undefined;
}

/** `anna+news@` is delivered to `anna@` (RFC 5233). */
function withoutTag(address: string): string {
  return address.replace(/\+[^@]*(?=@)/, '');
}
