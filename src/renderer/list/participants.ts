import type { ListRow } from '../../shared/contract/views';
import { shownName } from '../../shared/shown-name';
import { listed } from '../strings/plural';

type Participant = ListRow['participants'][number];

/** Words the participants line needs; from the string catalogue. */
export interface ParticipantWords {
  readonly me: string;
  /** Sender without name and address. */
  readonly unknown: string;
}

/** The line in its two parts, so that the newest person stays to be read where the first ones are cut. */
export interface ParticipantLine {
  readonly first: string;
  /** Who wrote last, when people before them are left out. */
  readonly newest: string | null;
}

/**
 * The people of a row (UI-026), with "…" where people between the first ones and the newest are left out; the contract
 * already sends at most three. Names are kept whole: the first word of an organisation says nothing.
 */
export function participantLine(
  people: readonly Participant[],
  messageCount: number,
  words: ParticipantWords,
): ParticipantLine {
  if (people.length === 0) return { first: words.unknown, newest: null };
  const names = people.map((person) => nameOf(person, words));
  if (people.length < 3 || messageCount <= 3) return { first: listed(names), newest: null };
  return { first: `${listed(names.slice(0, 2))} …`, newest: names[2] ?? null };
}

/** The same as one text, for names and titles. */
export function participantsText(line: ParticipantLine): string {
  return line.newest === null ? line.first : `${line.first} ${line.newest}`;
}

function nameOf(person: Participant, words: ParticipantWords): string {
  if (person.me) return words.me;
  return shownName(person.name, person.address) || words.unknown;
}
