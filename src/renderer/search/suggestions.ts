import type { MethodOutput } from '../../shared/contract/methods';
import { operatorMeanings } from '../strings/search';
import { quoteValue } from './words';

/** Operators whose value is a person. */
const OF_PEOPLE = ['from', 'to', 'cc', 'bcc', 'with'];
const MAX_OF_A_KIND = 4;
const MAX_RECENT = 5;

export interface Suggestion {
  readonly id: string;
  readonly kind: 'recent' | 'person' | 'operator' | 'mailbox';
  readonly label: string;
  /** Said behind the label: an address, what an operator means. */
  readonly detail: string;
  /** What comes in place of the word; of a recent search in place of everything. */
  readonly text: string;
}

/**
 * What the field offers for the word at the caret, the likeliest first: what was searched for before and begins the same,
 * operators, people, folders. An operator in front of the word stays (`to:an` offers people to write `to:` of).
 */
export function suggestionsFor(
  typed: { readonly text: string; readonly word: string },
  answer: MethodOutput<'search.suggest'> | undefined,
  recent: readonly string[],
): readonly Suggestion[] {
  const text = typed.text.trim().toLowerCase();
  const past = recent
    .filter((query) => query.toLowerCase().startsWith(text) && query.toLowerCase() !== text)
    .slice(0, MAX_RECENT)
    .map(
      (query): Suggestion => ({
        id: `recent:${query}`,
        kind: 'recent',
        label: query,
        detail: '',
        text: query,
      }),
    );
  if (typed.word === '' || !answer) return past;
  const operator = /^([a-z_]+):/i.exec(typed.word)?.[1]?.toLowerCase();
  const of = operator !== undefined && OF_PEOPLE.includes(operator) ? operator : 'from';
  return [
    ...past.slice(0, 2),
    ...answer.operators.slice(0, MAX_OF_A_KIND).map(
      ({ operator: name }): Suggestion => ({
        id: `operator:${name}`,
        kind: 'operator',
        label: `${name}:`,
        detail: operatorMeanings[name] ?? '',
        text: `${name}:`,
      }),
    ),
    ...answer.people.slice(0, MAX_OF_A_KIND).map(
      ({ name, address }): Suggestion => ({
        id: `person:${address}`,
        kind: 'person',
        label: name || address,
        detail: name ? address : '',
        text: `${of}:${quoteValue(address)}`,
      }),
    ),
    ...answer.mailboxes.slice(0, MAX_OF_A_KIND).map(
      ({ id, path }): Suggestion => ({
        id: `mailbox:${id}`,
        kind: 'mailbox',
        label: path,
        detail: '',
        text: `in:${quoteValue(path)}`,
      }),
    ),
  ];
}
