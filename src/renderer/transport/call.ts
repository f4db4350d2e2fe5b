import { type HostBridge, Reply } from '../../shared/contract/bridge';
import { METHODS, type MethodInput, type MethodName, type MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { fail, type Outcome, ok } from '../../shared/outcome';

let current: Pick<HostBridge, 'call'> | null = null;

/** Called once by the composition root, before anything renders. */
export function setCallBridge(bridge: Pick<HostBridge, 'call'>): void {
  current = bridge;
}

/** Told of every call when it begins; what it answers is called when the call has ended. */
type CallWatch = (method: MethodName) => (() => void) | null;
let watch: CallWatch | null = null;

/** Called once by the composition root. */
export function setCallWatch(next: CallWatch): void {
  watch = next;
}

/**
 * Calls a method of the contract. Never rejects: a host that breaks the contract or is gone is a failure of kind
 * 'internal'.
 */
export async function call<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
): Promise<Outcome<MethodOutput<M>, FailureView>> {
  if (!current) throw new Error('call() before the bridge was set');
  const ended = watch?.(method);
  let answer: unknown;
  try {
    answer = await current.call(method, input);
  } catch {
    return fail(BROKEN);
  } finally {
    ended?.();
  }
  const reply = Reply.safeParse(answer);
  if (!reply.success) return fail(BROKEN);
  if (!reply.data.ok) return fail(reply.data.failure);
  const value = METHODS[method].output.safeParse(reply.data.value);
  // The schema was looked up by the same name as the type, which the checker cannot follow through the table.
  return value.success ? ok(value.data as MethodOutput<M>) : fail(BROKEN);
}

const BROKEN: FailureView = {
  kind: 'internal',
  message: 'Homeport could not answer.',
  hint: 'Try again; reload the window if it stays.',
};
