import type { FailureView } from '../../shared/contract/views';
import { fail } from '../../shared/outcome';

/** A mistake in what was typed: exit code 2. */
export function usage(message: string, hint: string): { readonly ok: false; readonly failure: FailureView } {
  return fail<FailureView>({ kind: 'usage', message, hint });
}
