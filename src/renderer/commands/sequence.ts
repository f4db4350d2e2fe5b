/** Keys of a sequence may follow each other this slowly (UI-060). */
export const SEQUENCE_TIMEOUT_MS = 1200;

export type Step<T> =
  /** `run`: the binding that is complete. */
  | { readonly kind: 'run'; readonly binding: T }
  /** The keys so far begin a longer binding. */
  | { readonly kind: 'wait'; readonly keys: readonly string[] }
  | { readonly kind: 'none' };

/**
 * What the next key means after the keys that wait. A key that does not continue the sequence begins anew, so that
 * `g` followed by `e` within the time archives instead of doing nothing.
 */
export function nextStep<T extends { readonly keys: readonly string[] }>(
  bindings: readonly T[],
  waiting: readonly string[],
  key: string,
): Step<T> {
  const typed = [...waiting, key].join(' ');
  for (const binding of bindings) {
    if (binding.keys.includes(typed)) return { kind: 'run', binding };
  }
  if (bindings.some(({ keys }) => keys.some((candidate) => candidate.startsWith(`${typed} `)))) {
    return { kind: 'wait', keys: [...waiting, key] };
  }
  return waiting.length > 0 ? nextStep(bindings, [], key) : { kind: 'none' };
}
