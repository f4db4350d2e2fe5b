import { type Query, QueryClient } from '@tanstack/react-query';
import type { Topic } from '../../shared/contract/events';

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { readonly topics?: readonly Topic[] };
  }
}

/** Answers stay true until a notice names one of their topics; the host, not the network, answers. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

/** Asks again what is on screen and concerns one of the topics; marks the rest as old. */
export function refreshTopics(topics: ReadonlySet<Topic>): void {
  refresh(({ meta }) => meta?.topics?.some((topic) => topics.has(topic)) ?? false);
}

/** Also every conversation, and whatever could not be answered because the connection was lost. */
export function refreshMissed(topics: ReadonlySet<Topic>, conversations: boolean): void {
  refresh(
    ({ meta, state }) =>
      state.isInvalidated ||
      state.status === 'error' ||
      (meta?.topics?.some((topic) => topics.has(topic) || (conversations && topic.startsWith('thread:'))) ??
        false),
  );
}

/** What was missed cannot be told apart. */
export function refreshEverything(): void {
  refresh(() => true);
}

/** Asked for the first time at this moment, and once more as soon as that is answered. */
const askedAgain = new WeakSet<Query>();

function refresh(concerns: (query: Query) => boolean): void {
  const concerned = queryClient.getQueryCache().findAll({ predicate: concerns });
  void queryClient.invalidateQueries({ predicate: (query) => concerned.includes(query) });
  // The library begins a question anew only when it has an answer already: the first answer may be older than the notice.
  for (const query of concerned) {
    if (query.state.fetchStatus === 'idle' || query.state.data !== undefined || askedAgain.has(query))
      continue;
    askedAgain.add(query);
    void query
      .fetch()
      .catch(() => undefined)
      .then(() => {
        askedAgain.delete(query);
        return queryClient.invalidateQueries({ predicate: (other) => other === query });
      });
  }
}
