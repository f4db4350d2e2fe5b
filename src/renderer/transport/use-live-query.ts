import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { Topic } from '../../shared/contract/events';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { call } from './call';

/** Carries a failure through the query library, which knows only exceptions. */
class CallFailed extends Error {
  readonly failure: FailureView;
  constructor(failure: FailureView) {
    super(failure.message);
    this.failure = failure;
  }
}

export interface LiveQuery<T> {
  /** The newest answer; while it is asked again, and when that fails, the one before. */
  readonly data: T | undefined;
  readonly failure: FailureView | null;
  /** True until the first answer or failure. */
  readonly pending: boolean;
  /** True while `data` belongs to the input before this one (only with `keepPrevious`). */
  readonly previous: boolean;
}

interface Options {
  /** False = do not ask (yet). */
  readonly enabled?: boolean;
  /** With a new input, show the answer to the old one until the new one is here. */
  readonly keepPrevious?: boolean;
}

/** The question as the query library wants it; for `queryClient.fetchQuery` and prefetching too. */
export function liveQuery<M extends MethodName>(method: M, input: MethodInput<M>, topics: readonly Topic[]) {
  return queryOptions<MethodOutput<M>, CallFailed>({
    queryKey: [method, input],
    meta: { topics },
    queryFn: async () => {
      const outcome = await call(method, input);
      if (!outcome.ok) throw new CallFailed(outcome.failure);
      return outcome.value;
    },
  });
}

/**
 * A question that is asked again when a notice names one of its topics (architecture: "live queries").
 * `topics` must depend on `input` only.
 */
export function useLiveQuery<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
  topics: readonly Topic[],
  { enabled = true, keepPrevious = false }: Options = {},
): LiveQuery<MethodOutput<M>> {
  const query = useQuery({
    ...liveQuery(method, input, topics),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    data: query.data,
    failure: query.error?.failure ?? null,
    pending: query.isPending,
    previous: query.isPlaceholderData,
  };
}
