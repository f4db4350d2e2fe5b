import { readableText } from '../mime/readable-text';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { checkSlice } from '../store/search/check-slice';
import { feedSome, nextStep } from '../store/search/feed';
import { COMMITS_PER_MERGE, mergeSome } from '../store/search/merge';

/** Work of one turn; its commit takes about as long again, and both end well below the 50 ms of SYNC-395. */
export const TURN_MS = 6;
/** Changes come in flocks: the index waits this long for the rest of one. */
const GATHER_MS = 500;
/** While headers come in, that is what the person waits for: the index takes one turn in so long. */
const BUSY_REST_MS = 1_000;
/** How long after a failure it is tried again: a full disk, for instance. */
const AFTER_FAILURE_MS = 60_000;

export interface SearchFeed {
  /** Resolves when everything that is stored now is in the index, or the feed has stopped. */
  caughtUp(): Promise<void>;
  /** Looks whether a thirtieth of the index still holds what it should, and mends what does not (SYNC-372). */
  checkSlice(nowMs: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps the index up with the store (SYNC-371), behind all other work: in turns that end within a pass of the event
 * loop. `isBusy`: headers are being loaded, nearly all turns belong to them (SYNC-058).
 */
export function startSearchFeed(
  store: Store,
  { clock, logger }: Pick<Ports, 'clock' | 'logger'>,
  isBusy: () => boolean,
): SearchFeed {
  const stopping = new AbortController();
  let waiting: (() => void)[] = [];
  let wake: (() => void) | null = null;
  /** Up to here the log holds nothing for the index. */
  let seen = 0;
  let dirty = true;
  let commits = 0;
  /** Somebody waits: nothing is gathered. */
  let hurry = new AbortController();

  const unsubscribe = store.feed.subscribe(() => {
    dirty = true;
    wake?.();
  });

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      dirty = false;
      try {
        await catchUp();
      } catch (error) {
        logger.error('search.feed', { error: error instanceof Error ? error.message : String(error) });
        await clock.sleep(AFTER_FAILURE_MS, stopping.signal);
        continue;
      }
      const done = waiting;
      waiting = [];
      for (const tell of done) tell();
      if (!dirty) await nextCommit();
      if (waiting.length === 0 && !stopping.signal.aborted) await clock.sleep(GATHER_MS, hurry.signal);
      hurry = new AbortController();
    }
  }

  async function catchUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      await store.turns.next('audit');
      const step = nextStep(store.read, seen);
      seen = step.seen;
      if (step.end) return;
      for (let at = 0; at < step.items.length && !stopping.signal.aborted; ) {
        const until = clock.monotonic() + TURN_MS;
        const enough = () => clock.monotonic() >= until;
        const from = at;
        at += store.writeTx('server', (tx) => feedSome(tx, step, from, readableText, enough));
        await store.turns.next('audit');
        if (++commits % COMMITS_PER_MERGE === 0) await merge();
        if (isBusy()) await clock.sleep(BUSY_REST_MS, stopping.signal);
      }
    }
  }

  async function merge(): Promise<void> {
    while (!stopping.signal.aborted && store.writeTx('server', mergeSome)) await store.turns.next('audit');
  }

  async function nextCommit(): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (dirty || stopping.signal.aborted) resolve();
    });
    wake = null;
  }

  const running = run();
  return {
    caughtUp: () =>
      stopping.signal.aborted
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
            dirty = true;
            wake?.();
            hurry.abort();
          }),
    checkSlice: async (nowMs) => {
      for (const part of checkSlice(store, nowMs, readableText)) {
        if (stopping.signal.aborted) return;
        if (part.mended > 0) logger.warn('search.mended', { messages: part.mended });
        await store.turns.next('audit');
      }
    },
    stop: async () => {
      stopping.abort();
      hurry.abort();
      unsubscribe();
      wake?.();
      for (const tell of waiting) tell();
      await running;
    },
  };
}
