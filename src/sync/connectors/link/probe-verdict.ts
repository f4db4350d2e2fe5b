import type { ProbeView } from '../../../shared/contract/views';
import type { Failure } from '../../../shared/failure';

/** SYNC-002's word for a failed connection test. */
export function verdictOf(failure: Failure): Exclude<ProbeView['verdict'], 'ok'> {
  switch (failure.kind) {
    case 'auth':
      return failure.reason === 'expired' ? 'needs-oauth' : failure.reason;
    case 'tls':
      return 'tls-failed';
    case 'not-a-mail-server':
    case 'protocol':
      return 'not-a-mail-server';
    case 'offline':
    case 'dns':
    case 'refused':
    case 'throttled':
    case 'rejected':
    case 'conflict':
    case 'unknown-outcome':
    case 'limit':
    case 'invalid':
    case 'usage':
    case 'not-found':
    case 'cancelled':
    case 'internal':
      return 'unreachable';
  }
}
