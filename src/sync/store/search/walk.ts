import { MAX_SEARCH_COUNT } from '../../../shared/contract/search-views';
import type { MessageId } from '../../../shared/domain';
import type { ReadableDb } from '../handles';
import type { Plan } from './plan-search';

/** One message that was found, with its place in the order. */
export interface Hit {
  readonly rowid: number;
  readonly messageId: MessageId;
}

/** Where a page begins: below a rowid, and how much was handed out or looked through before. */
export interface Place {
  readonly below: number;
  readonly done: number;
  readonly count: number | null;
}

/** Matches that are looked at for the number of hits; where there are more of them, the number is not known. */
const COUNT_STEPS = 5_000;

interface Bound {
  readonly sql: string;
  readonly params: (string | number)[];
}

/**
 * The hits below a rowid, newest first, at most `limit`. Every plan gives them in the order of the rowids, and stops as
 * soon as the page is full.
 */
export function walk(db: ReadableDb, plan: Plan, below: number, limit: number): Hit[] {
  const { sql, params } = walkSql(plan, below, limit);
  return db.prepare<unknown[], Hit>(sql).all(...params);
}

/** The statement of `walk`; for the test of its plan. */
export function walkSql(plan: Plan, below: number, limit: number): Bound {
  const to = Math.min(plan.to, below);
  const asked = plan.conditions.map(({ sql }) => ` AND ${sql}`).join('');
  const params = plan.conditions.flatMap((condition) => condition.params);
  const tail = 'CROSS JOIN messages m ON m.id = d.message_id';
  const columns = 'SELECT d.rowid AS rowid, d.message_id AS messageId';
  switch (plan.driver) {
    case 'words':
    case 'parts': {
      const index = plan.driver === 'words' ? 'search_words' : 'search_parts';
      return {
        sql: `${columns} FROM ${index} CROSS JOIN search_docs d ON d.rowid = ${index}.rowid ${tail}
          WHERE ${index} MATCH ? AND ${index}.rowid >= ? AND ${index}.rowid < ?${asked}
          ORDER BY ${index}.rowid DESC LIMIT ?`,
        params: [plan.match ?? '', plan.from, to, ...params, limit],
      };
    }
    case 'docs':
      return {
        sql: `${columns} FROM search_docs d ${tail} WHERE d.rowid >= ? AND d.rowid < ?${asked}
          ORDER BY d.rowid DESC LIMIT ?`,
        params: [plan.from, to, ...params, limit],
      };
    case 'ids': {
      const ids = plan.ids.filter((rowid) => rowid >= plan.from && rowid < to);
      const match =
        plan.match === null
          ? ''
          : ' AND EXISTS (SELECT 1 FROM search_words WHERE search_words MATCH ? AND rowid = d.rowid)';
      return {
        sql: `${columns} FROM json_each(?) c CROSS JOIN search_docs d ON d.rowid = c.value ${tail}
          WHERE 1${asked}${match} LIMIT ?`,
        params: [JSON.stringify(ids), ...params, ...(plan.match === null ? [] : [plan.match]), limit],
      };
    }
  }
}

/**
 * How many messages the search finds, while that is at most MAX_SEARCH_COUNT and a look at the newest COUNT_STEPS
 * matches can tell; else null.
 */
export function countHits(db: ReadableDb, plan: Plan): number | null {
  if (plan.scans.length > 0 || (plan.driver !== 'ids' && hasManyMatches(db, plan))) return null;
  const hits = walk(db, plan, plan.to, MAX_SEARCH_COUNT + 1).length;
  return hits <= MAX_SEARCH_COUNT ? hits : null;
}

function hasManyMatches(db: ReadableDb, plan: Plan): boolean {
  const { sql, params } = walkSql({ ...plan, conditions: [] }, plan.to, COUNT_STEPS + 1);
  const steps = db.prepare<unknown[], number>(`SELECT count(*) FROM (${sql})`).pluck();
  return (steps.get(...params) ?? 0) > COUNT_STEPS;
}
