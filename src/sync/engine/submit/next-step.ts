import type { OutboxRow } from '../../store/read/outbox';

/** Looks for a message with an unknown outcome (SYNC-279). */
export const MAX_LOOKS = 3;

export interface LaneEntries {
  readonly queued: readonly OutboxRow[];
  readonly unknown: readonly OutboxRow[];
  readonly accepted: readonly OutboxRow[];
  readonly filing: readonly OutboxRow[];
  /** Filed by us a moment ago: did the server file one, too? */
  readonly filed: readonly OutboxRow[];
}

export type Step =
  | { readonly do: 'submit' | 'look' | 'conclude' | 'file' | 'check'; readonly entry: OutboxRow }
  /** Milliseconds UTC; null = until somebody calls. */
  | { readonly do: 'wait'; readonly until: number | null };

/**
 * What a lane does now. What was accepted is settled before anything else; of what waits the small ones go first, so that
 * a large one does not hold them up (SYNC-289). Pure.
 */
export function nextStep(entries: LaneEntries, nowMs: number): Step {
  const [accepted] = entries.accepted;
  if (accepted) return { do: 'conclude', entry: accepted };
  const ready = entries.queued
    .filter(({ nextAttemptAt }) => (nextAttemptAt ?? 0) <= nowMs)
    .sort((a, b) => a.size - b.size || a.id - b.id);
  if (ready[0]) return { do: 'submit', entry: ready[0] };
  const looked = entries.unknown.filter(({ looks }) => looks < MAX_LOOKS);
  const look = looked.find(({ nextAttemptAt }) => (nextAttemptAt ?? 0) <= nowMs);
  if (look) return { do: 'look', entry: look };
  const waiting = entries.filing.filter(({ fileAfter }) => fileAfter !== null);
  const file = waiting.find(({ nextAttemptAt }) => (nextAttemptAt ?? 0) <= nowMs);
  if (file) return { do: 'file', entry: file };
  const check = entries.filed.find(({ fileAfter }) => fileAfter !== null && fileAfter <= nowMs);
  if (check) return { do: 'check', entry: check };
  const times = [
    ...[...entries.queued, ...looked, ...waiting].map(({ nextAttemptAt }) => nextAttemptAt ?? 0),
    ...entries.filed.flatMap(({ fileAfter }) => fileAfter ?? []),
  ];
  return { do: 'wait', until: times.length === 0 ? null : Math.min(...times) };
}
