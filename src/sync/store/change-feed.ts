import type { Topic } from '../../shared/contract/events';
import type { Seq } from '../../shared/domain';

/** "Everything up to seq is committed, and this is what it touched." Carries no data (glossary: notice). */
export interface Notice {
  readonly seq: Seq;
  readonly topics: Topic[];
}

export interface ChangeFeed {
  /** Calls after each commit; the returned function ends the subscription. */
  subscribe(listener: (notice: Notice) => void): () => void;
}

/** The feed with its sending end, which only the store holds. */
export function createChangeFeed(
  onError: (error: unknown) => void,
): ChangeFeed & { emit(notice: Notice): void } {
  const listeners = new Set<(notice: Notice) => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (notice) => {
      for (const listener of listeners) {
        try {
          listener(notice);
        } catch (error) {
          // The transaction is committed: a listener's bug must not look like a failed write.
          onError(error);
        }
      }
    },
  };
}
