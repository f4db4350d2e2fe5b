import type { TextNode } from '../../../shared/search/query';
import type { ReadableDb } from '../handles';
import { prepared, readSql } from '../sql';
import { matchOf } from './match-of';
import type { Plan } from './plan-search';
import { type Hit, walk } from './walk';

/** The newest hits that are put in order (SYNC-363): older ones are found by newest first only. */
const MAX_RANKED = 2_000;
/** Words of the query that count. */
const MAX_WORDS = 10;
/** Matches of one word in one field that are looked up. */
const MAX_MATCHES = 20_000;

/**
 * What a word is worth where it stands (SYNC-362): a subject says more than a text that quotes ten others. Who has it in
 * the text alone has nothing more than every hit has.
 */
const WEIGHTS: readonly (readonly [columns: string, weight: number])[] = [
  ['subject', 8],
  ['author addressee copied blind', 5],
  ['files', 3],
];

const MATCHES = readSql<{ rowid: number }>(
  `SELECT rowid FROM search_words WHERE search_words MATCH ? AND rowid >= ? AND rowid <= ?
   ORDER BY rowid DESC LIMIT ?`,
);

/** The newest MAX_RANKED hits below a rowid by what their words are worth, the newer one first where that is equal. */
export function byRelevance(db: ReadableDb, plan: Plan, below: number): Hit[] {
  const hits = walk(db, plan, below, MAX_RANKED);
  const newest = hits[0];
  const oldest = hits.at(-1);
  if (!newest || !oldest) return hits;
  const score = new Map(hits.map(({ rowid }) => [rowid, 0]));
  for (const word of plan.texts.slice(0, MAX_WORDS)) {
    for (const [columns, weight] of weightsOf(word)) {
      const match = matchOf({ ...word, field: null }, []);
      if (match === null) continue;
      const rows = prepared(db, MATCHES).all(
        `{${columns}} : ${match}`,
        oldest.rowid,
        newest.rowid,
        MAX_MATCHES,
      );
      for (const { rowid } of rows) {
        const before = score.get(rowid);
        if (before !== undefined) score.set(rowid, before + weight);
      }
    }
  }
  return hits.sort((a, b) => (score.get(b.rowid) ?? 0) - (score.get(a.rowid) ?? 0) || b.rowid - a.rowid);
}

/** A word that was asked for in one field is worth the same in all hits. */
function weightsOf({ field }: TextNode): typeof WEIGHTS {
  return field === null ? WEIGHTS : [];
}
