import type { StatusView } from '../../shared/contract/views';
import type { Clock } from '../ports/clock';

export type Activity = StatusView['activities'][number];
type Key = Pick<Activity, 'accountId' | 'mailboxId' | 'kind' | 'gestureId' | 'requestId'>;

/** The estimate looks at this much of the recent past: honest about now, not about a fast start. */
const RATE_WINDOW_MS = 10_000;
/** No estimate before this much has been seen: a number that jumps is worse than none. */
const RATE_LEAST_MS = 1_500;

interface Entry {
  readonly key: Key;
  done: number;
  total: number | null;
  readonly samples: { at: number; done: number }[];
}

export interface ActivityBoard {
  /** Starts or updates what is going on; call `end` when it is over. */
  update(key: Key, done: number, total: number | null): void;
  end(key: Key): void;
  endAll(accountId: number): void;
  list(): Activity[];
}

/** What the engine is doing now, with counts and an estimate from the rate of the last seconds. */
export function createActivityBoard(clock: Clock, changed: () => void): ActivityBoard {
  const entries = new Map<string, Entry>();
  const name = (key: Key): string =>
    `${key.accountId}/${key.mailboxId ?? ''}/${key.kind}/${key.gestureId ?? key.requestId ?? ''}`;

  return {
    update: (key, done, total) => {
      const now = clock.monotonic();
      let entry = entries.get(name(key));
      if (!entry) {
        entry = { key, done, total, samples: [{ at: now, done }] };
        entries.set(name(key), entry);
      }
      entry.done = done;
      entry.total = total;
      entry.samples.push({ at: now, done });
      while (entry.samples.length > 2 && now - (entry.samples[0]?.at ?? now) > RATE_WINDOW_MS)
        entry.samples.shift();
      changed();
    },
    end: (key) => {
      if (entries.delete(name(key))) changed();
    },
    endAll: (accountId) => {
      for (const [id, entry] of entries) if (entry.key.accountId === accountId) entries.delete(id);
      changed();
    },
    list: () =>
      [...entries.values()].map((entry) => ({
        ...entry.key,
        done: entry.done,
        total: entry.total,
        remainingMs: remainingMs(entry, clock.monotonic()),
      })),
  };
}

function remainingMs(entry: Entry, now: number): number | null {
  const first = entry.samples[0];
  if (!first || entry.total === null) return null;
  const elapsed = now - first.at;
  const progressed = entry.done - first.done;
  if (elapsed < RATE_LEAST_MS || progressed <= 0) return null;
  return Math.round((Math.max(0, entry.total - entry.done) * elapsed) / progressed);
}
