import type { ListRow } from '../../shared/contract/views';

type Participant = ListRow['participants'][number];

/** Words the participants line needs; from the string catalogue. */
export interface ParticipantWords {
  readonly me: string;
  /** Sender without name and address. */
  readonly unknown: string;
}

/**
 * The people of a row in one line (UI-026): one person by full name; several by first name, with "…" between the
 * first and the newest when people in between are left out. The contract already sends at most three.
 */
export function participantsText(
  people: readonly Participant[],
  messageCount: number,
  words: ParticipantWords,
): string {
  if (people.length === 0) return words.unknown;
  if (people.length === 1) return people.map((person) => longName(person, words)).join('');
  const names = people.map((person) => shortName(person, words));
  const last = names.at(-1);
  if (people.length === 3 && messageCount > 3) return `${names.slice(0, -1).join(', ')} … ${last}`;
  return names.join(', ');
}

function longName(person: Participant, words: ParticipantWords): string {
  if (person.me) return words.me;
  return person.name.trim() || person.address || words.unknown;
}

function shortName(person: Participant, words: ParticipantWords): string {
  const name = longName(person, words);
  if (person.me || !person.name.trim()) return name.split('@')[0] || name;
  // "Maier, Anna" is a family name first; an organisation's name is kept whole.
  const comma = /^[^,]+,\s*(\S+)$/.exec(name);
  if (comma?.[1]) return comma[1];
  const parts = name.split(/\s+/);
  return parts.length === 2 || parts.length === 3 ? (parts[0] ?? name) : name;
}
