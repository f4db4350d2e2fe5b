import { type Failure, isAnswered } from '../../../shared/failure';
import type { CommandError } from './session';

/** The mailbox was rebuilt while we worked on it: the engine plans again (SYNC-082). */
export const VALIDITY_CHANGED: Failure = {
  kind: 'conflict',
  message: 'The folder was rebuilt on the server.',
};

/**
 * A refusal while one mailbox is read is about that mailbox, also where the server calls it a trouble of its own: a damaged
 * one answers [SERVERBUG] for ever, and the others are fine.
 */
export function ofThisMailbox({ kind, failure }: CommandError): Failure {
  if (kind === 'lost' || !isAnswered(failure)) return failure;
  const { serverText } = failure;
  return { kind: 'rejected', message: 'The mail server has a problem with this folder.', serverText };
}

/** A decision of ours in the shape of a refusal by the server. */
export function refused(failure: Failure): { readonly ok: false; readonly error: CommandError } {
  const status = { status: 'OK', code: null, codeArguments: [], text: '' } as const;
  return { ok: false, error: { kind: 'refused', status, failure } };
}
