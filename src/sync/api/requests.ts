import type { RequestId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome } from '../../shared/outcome';

const STOPPED: Failure = { kind: 'cancelled', message: 'This was stopped.' };

/** What somebody waits for and may stop waiting for (UI-052). */
export interface Requests {
  /** Does it; when it is cancelled the signal aborts and the answer is 'cancelled', at once. */
  run<T>(
    requestId: RequestId | undefined,
    work: (signal: AbortSignal) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>>;
  /** False = nothing of that name is under way: it has ended. */
  cancel(requestId: RequestId): boolean;
}

/** Keeps what is under way by the name its caller gave it. */
export function createRequests(): Requests {
  const underWay = new Map<RequestId, AbortController>();
  return {
    run: async (requestId, work) => {
      const controller = new AbortController();
      if (requestId === undefined) return work(controller.signal);
      if (underWay.has(requestId))
        return fail({ kind: 'conflict', message: 'There is a request of that name already.' });
      underWay.set(requestId, controller);
      const stopped = new Promise<Outcome<never>>((resolve) => {
        controller.signal.addEventListener('abort', () => resolve(fail(STOPPED)), { once: true });
      });
      try {
        return await Promise.race([work(controller.signal), stopped]);
      } finally {
        underWay.delete(requestId);
      }
    },
    cancel: (requestId) => {
      const controller = underWay.get(requestId);
      controller?.abort();
      return controller !== undefined;
    },
  };
}
