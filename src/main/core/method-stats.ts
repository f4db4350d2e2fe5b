import type { MethodName, MethodOutput } from '../../shared/contract/methods';
import type { Clock } from '../../sync/ports/clock';
import { BOUNDS_MS, emptyHistogram, type Histogram, withSample } from './histogram';

/** Counts every call of the contract and how long it took, since the start (CLI-051). */
export interface MethodStats {
  /** Call when a call begins, and the answer when it has ended. */
  begin(method: MethodName): (ok: boolean) => void;
  read(): MethodOutput<'stats.get'>;
}

export function createMethodStats(clock: Clock): MethodStats {
  const since = clock.now();
  const methods = new Map<MethodName, { readonly took: Histogram; readonly failed: number }>();
  return {
    begin: (method) => {
      const startedAt = clock.monotonic();
      return (ok) => {
        const { took, failed } = methods.get(method) ?? { took: emptyHistogram(), failed: 0 };
        const next = withSample(took, clock.monotonic() - startedAt);
        methods.set(method, { took: next, failed: failed + (ok ? 0 : 1) });
      };
    },
    read: () => ({
      since,
      boundsMs: BOUNDS_MS,
      methods: [...methods]
        .map(([method, { took, failed }]) => ({ method, failed, ...took, buckets: [...took.buckets] }))
        .sort((a, b) => b.count - a.count || (a.method < b.method ? -1 : 1)),
    }),
  };
}
