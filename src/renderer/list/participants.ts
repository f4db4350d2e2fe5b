import type { ListRow } from '../../shared/contract/views';

type Participant = ListRow['participants'][number];

/** Words the participants line needs; from the string catalogue. */
export interface ParticipantWords {
  readonly me: string;
  /** Sender without name and address. */
  readonly unknown: string;
}

/**
 * The people of a row in one line (UI-026), with "…" where people between the first ones and the newest are left out;
 * the contract already sends at most three. Names are kept whole: the first word of an organisation says nothing.
 */
export function participantsText(
  people: readonly Participant[],
  messageCount: number,
  words: ParticipantWords,
): string {
  if (people.length === 0) return words.unknown;
  const names = people.map((person) => nameOf(person, words));
  if (people.length === 3 && messageCount > 3) return `${names.slice(0, 2).join(', ')} … ${names[2]}`;
  return names.join(', ');
}

function nameOf(person: Participant, words: ParticipantWords): string {
  if (person.me) return words.me;
  return person.name.trim() || person.address || words.unknown;
}
