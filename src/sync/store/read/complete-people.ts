import type { Person } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';

/** Looked through for one key press: whom one has been in touch with lately. In rows. */
const LOOKED_THROUGH = 5_000;

const NEWEST = readSql<{ name: string; address: string }>(
  'SELECT name, address FROM known_people INDEXED BY known_people_age WHERE last_at > ? ORDER BY last_at DESC LIMIT ?',
);

/**
 * People whose name or address begins with the text, or has a word that does; whom one wrote to last comes first
 * (APP-123). An empty text names the newest.
 */
export function completePeople(db: ReadableDb, text: string, limit: number): Person[] {
  const wanted = text.trim().toLowerCase();
  const found = new Map<string, Person>();
  for (const person of prepared(db, NEWEST).iterate(0, LOOKED_THROUGH)) {
    if (found.size >= limit) break;
    if (!found.has(person.address) && matches(person, wanted)) found.set(person.address, person);
  }
  return [...found.values()];
}

function matches({ name, address }: Person, wanted: string): boolean {
  const lower = name.toLowerCase();
  return (
    address.startsWith(wanted) ||
    lower.startsWith(wanted) ||
    lower.split(/[\s.,'"()-]+/).some((word) => word !== '' && word.startsWith(wanted)) ||
    address.slice(address.indexOf('@') + 1).startsWith(wanted)
  );
}
