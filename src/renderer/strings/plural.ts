import { plural } from '../../shared/plural';

const numbers = new Intl.NumberFormat('en');

/** A number as people read it: 48,120. */
export function number(value: number): string {
  return numbers.format(value);
}

/** "1 message", "48,120 messages": the form is chosen by the language's own rule. */
export function count(value: number, forms: { readonly one: string; readonly other: string }): string {
  return `${number(value)} ${plural(value, forms)}`;
}
