import { z } from 'zod';

export const Empty = z.strictObject({});
export const Done = z.null();

/** Where a method runs: reader = read-only worker, engine = the writing worker, host = the process that owns the window. */
export type Place = 'reader' | 'engine' | 'host';
export interface Method<P extends Place, I extends z.ZodType, O extends z.ZodType> {
  readonly place: P;
  readonly input: I;
  readonly output: O;
}
/** One entry of the table of methods; the contract's files fill it. */
export function method<P extends Place, I extends z.ZodType, O extends z.ZodType>(
  place: P,
  input: I,
  output: O,
): Method<P, I, O> {
  return { place, input, output };
}
