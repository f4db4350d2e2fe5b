import type { FailureView } from '../../shared/contract/views';
import type { Failure } from '../../shared/failure';

/** A stored failure as people see it. */
export function failureView(failure: Failure | null): FailureView | null {
  if (!failure) return null;
  return {
    kind: failure.kind,
    message: failure.message,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(failure.serverText === undefined ? {} : { serverText: failure.serverText }),
    ...(failure.kind === 'rejected' && failure.code !== undefined ? { code: failure.code } : {}),
    ...(failure.kind === 'auth' ? { reason: failure.reason } : {}),
    ...(failure.kind === 'tls' && failure.certificate ? { certificate: failure.certificate } : {}),
  };
}

export function storedFailureView(json: string | null): FailureView | null {
  return json === null ? null : failureView(JSON.parse(json) as Failure);
}
