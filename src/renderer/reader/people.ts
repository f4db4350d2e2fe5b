import type { Person } from '../../shared/domain';
import { shownName } from '../../shared/shown-name';
import { listed, listedAnd } from '../strings/plural';
import { readerStrings } from '../strings/reader';

/** Own addresses, lower case. */
export type OwnAddresses = ReadonlySet<string>;

/** A display name that shows another address hides who it is from: then the real address is shown (APP-087). */
export function nameOf({ name, address }: Person): string {
  return shownName(name, address) || readerStrings.unknown;
}

const NAMED = 3;

/** "to me, Bob and 3 others" (UI-031). */
export function recipientLine(people: readonly Person[], own: OwnAddresses): string {
  const names = people.map((person) =>
    own.has(person.address.toLowerCase()) ? readerStrings.me : firstName(nameOf(person)),
  );
  const last = names.at(-1);
  if (last === undefined) return readerStrings.toNobody;
  if (names.length === 1) return readerStrings.to(last);
  if (names.length <= NAMED) return readerStrings.to(listedAnd(names));
  const shown = listed(names.slice(0, NAMED - 1));
  return readerStrings.to(readerStrings.others(shown, names.length - NAMED + 1));
}

/** Short enough for a line of several: the first word of a name, the local part of an address. */
function firstName(name: string): string {
  return name.includes('@') ? name.slice(0, name.indexOf('@')) : (name.split(/[\s,]/)[0] ?? name);
}
