import { TURN_MS } from '../../src/sync/api/search-feed';
import { readableText } from '../../src/sync/mime/readable-text';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { openStore } from '../../src/sync/store/open-store';
import { feedSome, nextStep } from '../../src/sync/store/search/feed';
import { COMMITS_PER_MERGE, mergeSome } from '../../src/sync/store/search/merge';
import type { LargeProfile } from './large-profile';

const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface Indexed {
  readonly messages: number;
  readonly messagesPerSecond: number;
  /** Milliseconds of processor time of every turn, its commit included. */
  readonly turnsMs: readonly number[];
  /** Bytes of the write-ahead log at its largest. */
  readonly logBytes: number;
}

/**
 * Gives every message of the profile the text of one that has some, and puts all of them into the index as the engine
 * does: in turns, with its checkpoints in between (SYNC-371).
 */
export async function indexAll({ databasePath }: LargeProfile, logSize: () => number): Promise<Indexed> {
  const clock = createSystemClock();
  const store = openStore(databasePath, { clock, logger: QUIET });
  store.write.exec(`
    CREATE TEMP TABLE pattern AS SELECT message_id, row_number() OVER () - 1 AS n FROM main.bodies;
    INSERT OR IGNORE INTO main.bodies SELECT m.id, b.text_encoding, b.text, b.html_encoding, b.html, b.truncated,
      b.protection, b.charset, b.source_hash FROM main.messages m
      JOIN pattern p ON p.n = m.id % (SELECT count(*) FROM pattern) JOIN main.bodies b ON b.message_id = p.message_id;
    UPDATE main.messages SET body_state = 'here';
    DROP TABLE pattern;`);
  store.write.pragma('wal_checkpoint(TRUNCATE)');
  const turnsMs: number[] = [];
  let messages = 0;
  let commits = 0;
  let logBytes = 0;
  const turn = async <T>(work: () => T): Promise<T> => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    turnsMs.push((user + system) / 1000);
    logBytes = Math.max(logBytes, logSize());
    await clock.sleep(0);
    return result;
  };
  for (let seen = 0; ; ) {
    const step = nextStep(store.read, seen);
    seen = step.seen;
    if (step.end) break;
    for (let at = 0; at < step.items.length; ) {
      const from = at;
      const until = performance.now() + TURN_MS;
      const enough = () => performance.now() >= until;
      at += await turn(() => store.writeTx('server', (tx) => feedSome(tx, step, from, readableText, enough)));
      if (++commits % COMMITS_PER_MERGE === 0) while (await turn(() => store.writeTx('server', mergeSome)));
    }
    messages += step.items.length;
  }
  const total = turnsMs.reduce((sum, ms) => sum + ms, 0);
  store.close();
  return { messages, messagesPerSecond: (messages / total) * 1000, turnsMs, logBytes };
}
