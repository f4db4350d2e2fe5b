import type { MethodOutput } from '../../shared/contract/methods';
import { HAS_VALUES, IS_VALUES } from '../../shared/search/operators';
import { formStrings, operatorMeanings } from '../strings/search';
import { quoteValue } from './words';

/** Operators whose value is a person. */
const OF_PEOPLE = ['from', 'to', 'cc', 'bcc', 'with'];
const MAX_RECENT = 5;
/** So many leave room for the others. */
const MAX_RECENT_AMONG = 2;

export interface Suggestion {
  readonly id: string;
  readonly kind: 'recent' | 'person' | 'operator' | 'mailbox';
  readonly label: string;
  /** Said behind the label: an address, what an operator means. */
  readonly detail: string;
  /** What comes in place of the word; of a recent search in place of everything. */
  readonly text: string;
}

/** What the engine is asked about a word: its value behind an operator of people or folders; '' = nothing. */
export function askedAbout(word: string): string {
  const { operator, value } = splitWord(word);
  return operator === null || OF_PEOPLE.includes(operator) || operator === 'in' ? value : '';
}

/**
 * What the field offers for the word at the caret, the likeliest first: what was searched for before and begins the same,
 * operators, people, folders. Behind an operator only what it takes is offered: people (`to:an`), folders, states.
 */
export function suggestionsFor(
  typed: { readonly text: string; readonly word: string },
  answer: MethodOutput<'search.suggest'> | undefined,
  recent: readonly string[],
): readonly Suggestion[] {
  const { operator, value } = splitWord(typed.word);
  if (operator === 'is' || operator === 'has') return states(operator, value);
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
  if (askedAbout(typed.word) === '' || !answer) return past;
  const ofPeople = operator === null || OF_PEOPLE.includes(operator);
  return [
    ...past.slice(0, MAX_RECENT_AMONG),
    ...(operator === null ? answer.operators.map(operatorSuggestion) : []),
    ...(ofPeople ? answer.people.map((person) => personSuggestion(operator ?? 'from', person)) : []),
    ...(operator === null || operator === 'in' ? answer.mailboxes.map(mailboxSuggestion) : []),
  ];
}

function splitWord(word: string): { readonly operator: string | null; readonly value: string } {
  const operator = /^([a-z_]+):/i.exec(word)?.[1];
  if (operator === undefined) return { operator: null, value: word };
  return { operator: operator.toLowerCase(), value: word.slice(operator.length + 1).replaceAll('"', '') };
}

function states(operator: 'is' | 'has', begun: string): readonly Suggestion[] {
  const known: readonly string[] = operator === 'is' ? IS_VALUES : HAS_VALUES;
  return known
    .filter((value) => value.startsWith(begun.toLowerCase()) && value !== begun)
    .map((value) => ({
      id: `operator:${operator}:${value}`,
      kind: 'operator',
      label: `${operator}:${value}`,
      detail: formStrings.values[value] ?? '',
      text: `${operator}:${value}`,
    }));
}

type Answer = MethodOutput<'search.suggest'>;

function operatorSuggestion({ operator }: Answer['operators'][number]): Suggestion {
  const text = `${operator}:`;
  return {
    id: `operator:${operator}`,
    kind: 'operator',
    label: text,
    detail: operatorMeanings[operator] ?? '',
    text,
  };
}

function personSuggestion(operator: string, { name, address }: Answer['people'][number]): Suggestion {
  const text = `${operator}:${quoteValue(address)}`;
  return {
    id: `person:${address}`,
    kind: 'person',
    label: name || address,
    detail: name ? address : '',
    text,
  };
}

function mailboxSuggestion({ id, path }: Answer['mailboxes'][number]): Suggestion {
  return { id: `mailbox:${id}`, kind: 'mailbox', label: path, detail: '', text: `in:${quoteValue(path)}` };
}
