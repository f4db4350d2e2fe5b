import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { RequestId } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';
import { call } from './call';

/** Methods that can be stopped by the name their caller gave the call. */
type RequestName = {
  [M in MethodName]: 'requestId' extends keyof MethodInput<M> ? M : never;
}[MethodName];

export interface PendingRequest<T> {
  readonly requestId: RequestId;
  readonly answer: Promise<Outcome<T, FailureView>>;
  /** The engine gives it up; the answer is 'cancelled' unless it came first. */
  cancel(): void;
}

/** Calls a method so that one can stop waiting for it. */
export function request<M extends RequestName>(
  method: M,
  input: Omit<MethodInput<M>, 'requestId'>,
): PendingRequest<MethodOutput<M>> {
  const requestId = RequestId.parse(randomName());
  return {
    requestId,
    answer: call(method, { ...input, requestId } as MethodInput<M>),
    cancel: () => void call('requests.cancel', { requestId }),
  };
}

/** A name nobody else has given. */
export function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
