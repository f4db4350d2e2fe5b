import type { Failure } from '../../shared/failure';
import { fail, type Outcome } from '../../shared/outcome';

/** The questions a worker still owes an answer to. */
export interface CallsInFlight {
  /** Registers one; `send` gets its id. */
  add(send: (id: number) => void): Promise<Outcome<unknown>>;
  settle(id: number, outcome: Outcome<unknown>): void;
  failAll(failure: Failure): void;
}

export function createCallsInFlight(): CallsInFlight {
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>();
  let lastId = 0;
  return {
    add: (send) =>
      new Promise((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        send(lastId);
      }),
    settle: (id, outcome) => {
      const resolve = waiting.get(id);
      waiting.delete(id);
      resolve?.(outcome);
    },
    failAll: (failure) => {
      const all = [...waiting.values()];
      waiting.clear();
      for (const resolve of all) resolve(fail(failure));
    },
  };
}
