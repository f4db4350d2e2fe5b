import type { FailureView } from '../../shared/contract/views';
import type { Failure } from '../../shared/failure';

/** What a window or a script gets to see of a failure: never more than the contract's fields. */
export function toFailureView(failure: Failure): FailureView {
  return {
    kind: failure.kind,
    message: failure.message,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
    ...(failure.serverText === undefined ? {} : { serverText: failure.serverText }),
    ...('reason' in failure ? { reason: failure.reason } : {}),
    ...('accountId' in failure && failure.accountId !== undefined ? { accountId: failure.accountId } : {}),
    ...('certificate' in failure && failure.certificate !== undefined
      ? { certificate: failure.certificate }
      : {}),
  };
}
