import type { Person } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { fold, termsOf } from './words';

/** The people met last are looked through: of a hundred thousand the rest are strangers. */
const LOOKED_AT = 5_000;

const KNOWN = readSql<Person>('SELECT name, address FROM known_people ORDER BY last_at DESC LIMIT ?');

/** People the user has written to or answered whose name or address has a word that begins so, the latest first. */
export function suggestPeople(db: ReadableDb, beginning: string, limit: number): Person[] {
  const found = new Map<string, Person>();
  for (const person of prepared(db, KNOWN).iterate(LOOKED_AT)) {
    const address = person.address.toLowerCase();
    if (found.has(address)) continue;
    const words = termsOf(`${person.name} ${address}`);
    if (!address.startsWith(beginning) && !fold(person.name).startsWith(beginning))
      if (!words.some((word) => word.startsWith(beginning))) continue;
    found.set(address, person);
    if (found.size === limit) break;
  }
  return [...found.values()];
}
