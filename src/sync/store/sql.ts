import type { Database, Statement } from 'better-sqlite3';

declare const rowType: unique symbol;

/** One SQL statement with the shape of its rows; prepared once per connection. */
export interface Sql<Row = unknown> {
  readonly text: string;
  readonly [rowType]?: Row;
}

/** Every reading statement of the program, so that the plan test can look at all of them. */
export const READ_STATEMENTS: string[] = [];

/** Declares a SELECT. Call at module level only: the declaration registers it for the plan test. */
export function readSql<Row>(text: string): Sql<Row> {
  const stable = withStablePlan(text);
  READ_STATEMENTS.push(stable);
  return { text: stable };
}

/** Declares an INSERT, UPDATE or DELETE. */
export function writeSql(text: string): Sql<never> {
  return { text: withStablePlan(text) };
}

/**
 * SQLite with STAT4 throws a prepared statement away each time a parameter is bound that its planner might have looked
 * at: joins then cost five to ten times their lookup. Behind a unary plus, which does nothing else, it does not look.
 */
function withStablePlan(text: string): string {
  return text.replaceAll('?', '+?');
}

const cache = new WeakMap<Database, Map<Sql<unknown>, Statement<unknown[], unknown>>>();

/** The prepared statement of this connection; take it out of the loop in hot code. */
export function prepared<Row>(db: Database, sql: Sql<Row>): Statement<unknown[], Row> {
  let statements = cache.get(db);
  if (!statements) {
    statements = new Map();
    cache.set(db, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = db.prepare<unknown[], unknown>(sql.text);
    statements.set(sql, statement);
  }
  return statement as Statement<unknown[], Row>;
}
