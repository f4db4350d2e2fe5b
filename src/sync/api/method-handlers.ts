import type { METHODS, MethodName, MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { Outcome } from '../../shared/outcome';

export type MethodsAt<P extends 'reader' | 'engine' | 'host'> = {
  [M in MethodName]: (typeof METHODS)[M]['place'] extends P ? M : never;
}[MethodName];

/** One function per method that the engine answers; the type checker says when one is missing. */
export type EngineHandlers = {
  readonly [M in MethodsAt<'engine'>]: (input: MethodParsedInput<M>) => Promise<Outcome<MethodOutput<M>>>;
};
