import type { Topic } from '../../shared/contract/events';
import type { MethodOutput } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import type { Seq } from '../../shared/domain';
import type { Outcome } from '../../shared/outcome';

type Missed = MethodOutput<'changes.missed'>;

export interface ResumeActions {
  ask(since: Seq | null): Promise<Outcome<Missed, FailureView>>;
  /** As a notice would have said it. */
  refresh(seq: Seq, topics: ReadonlySet<Topic>, conversations: boolean): void;
  refreshEverything(): void;
}

export interface Resumption {
  /** A notice arrived: everything up to `seq` was told. */
  reached(seq: Seq): void;
  /** The connection is there, or there again: asks what was missed and has just that asked again (APP-395). */
  connected(): Promise<void>;
}

/**
 * Remembers how far this window was told of changes. After a gap only what changed meanwhile is asked again, by the
 * position in the change log (SYNC-314); where the host no longer knows, everything is.
 */
export function createResumption({ ask, refresh, refreshEverything }: ResumeActions): Resumption {
  let position: Seq | null = null;
  const reached = (seq: Seq): void => {
    if (position === null || seq > position) position = seq;
  };
  return {
    reached,
    connected: async () => {
      const since = position;
      const missed = await ask(since);
      if (!missed.ok) {
        // The position stays: the next connection asks from there again.
        refreshEverything();
        return;
      }
      if (missed.value.kind === 'topics') {
        const { seq, topics, conversations } = missed.value;
        reached(seq);
        refresh(seq, new Set(topics), conversations);
        return;
      }
      // A restored database counts from elsewhere: its position is the one that holds now.
      position = missed.value.seq;
      if (since !== null) refreshEverything();
    },
  };
}
