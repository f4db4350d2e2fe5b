import type { FailureView } from '../../shared/contract/views';
import { setupStrings } from '../strings/setup';

/** What comes after a failed set-up besides trying again, which the form always offers. */
export type NextStep =
  | 'try-again'
  | 'encrypt'
  | 'other-encryption'
  | 'another-address'
  | 'certificate'
  | 'browser'
  | 'administrator';

export interface Advice {
  readonly message: string;
  readonly hint: string;
  readonly next: NextStep;
  /** Another server, port or security would mend it: the fields for them are where to go on. */
  readonly misplaced: boolean;
}

/**
 * What to say and to offer when an account could not be set up (APP-019). Nothing is tried again by itself here, so
 * that what connectors say about waiting is replaced.
 */
export function advise(failure: FailureView): Advice {
  const { message } = failure;
  const { hint = setupStrings.hints[failure.kind] } = failure;
  const advice = { message, hint, next: 'try-again', misplaced: false } as const;
  switch (failure.kind) {
    case 'offline':
    case 'protocol':
      return { ...advice, hint: setupStrings.hints[failure.kind], misplaced: true };
    case 'throttled':
      return { ...advice, hint: setupStrings.hints.throttled };
    case 'dns':
    case 'refused':
    case 'not-a-mail-server':
      return { ...advice, misplaced: true };
    case 'tls':
      return failure.certificate
        ? { ...advice, next: 'certificate' }
        : { ...advice, next: 'other-encryption', misplaced: true };
    case 'invalid':
      return { ...advice, next: 'encrypt', misplaced: true };
    case 'auth':
      if (failure.reason === 'needs-oauth' || failure.reason === 'expired')
        return { ...advice, next: 'browser' };
      return failure.reason === 'blocked-by-admin' ? { ...advice, next: 'administrator' } : advice;
    case 'conflict':
      return { ...advice, next: 'another-address' };
    case 'rejected':
    case 'unknown-outcome':
    case 'limit':
    case 'usage':
    case 'not-found':
    case 'cancelled':
    case 'internal':
      return advice;
  }
}
