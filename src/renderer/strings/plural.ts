import { plural } from '../../shared/plural';

/** Of the words: what is said with words follows them; numbers, dates and sizes follow the person (APP-323). */
const WORDS = 'en-GB';
const numbers = new Intl.NumberFormat();
const names = new Intl.ListFormat(WORDS, { type: 'unit', style: 'short' });
const together = new Intl.ListFormat(WORDS, { type: 'conjunction' });
const relative = new Intl.RelativeTimeFormat(WORDS);
const order = new Intl.Collator(undefined, { numeric: true });

/** A number as people read it: 48,120. */
export function number(value: number, locale?: string): string {
  return (locale === undefined ? numbers : new Intl.NumberFormat(locale)).format(value);
}

/** "1 message", "48,120 messages": the form is chosen by the language's own rule. */
export function count(value: number, forms: { readonly one: string; readonly other: string }): string {
  return `${number(value)} ${plural(value, forms)}`;
}

/** "Anna, Bob, Carl". */
export function listed(items: readonly string[]): string {
  return names.format(items);
}

/** "Anna, Bob and Carl". */
export function listedAnd(items: readonly string[]): string {
  return together.format(items);
}

/** "in 5 seconds". */
export function inSeconds(seconds: number): string {
  return relative.format(seconds, 'second');
}

/** The order in which people look for names. */
export function byName(a: string, b: string): number {
  return order.compare(a, b);
}
