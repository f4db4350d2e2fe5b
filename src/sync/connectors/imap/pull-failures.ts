import type { Failure } from '../../../shared/failure';
import type { CommandError } from './session';

/** The mailbox was rebuilt while we worked on it: the engine plans again (SYNC-082). */
export const VALIDITY_CHANGED: Failure = {
  kind: 'conflict',
  message: 'The folder was rebuilt on the server.',
};

/** A decision of ours in the shape of a refusal by the server. */
export function refused(failure: Failure): { readonly ok: false; readonly error: CommandError } {
  const status = { status: 'OK', code: null, codeArguments: [], text: '' } as const;
  return { ok: false, error: { kind: 'refused', status, failure } };
}
