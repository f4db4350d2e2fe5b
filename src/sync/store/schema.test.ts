import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import * as schema from './schema';
import * as writing from './schema-writing';

const TABLES = Object.values({ ...schema, ...writing }).filter((value) => is(value, SQLiteTable));

let opened: TestStore;
beforeAll(() => {
  opened = openTestStore();
});
afterAll(() => opened.remove());

interface Column {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}

test('drizzle knows every table of the database and no other', () => {
  const names = opened.store.read
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations'",
    )
    .pluck()
    .all();
  expect(TABLES.map((table) => getTableName(table)).sort()).toEqual(names.sort());
});

test.each(TABLES.map((table) => [getTableName(table), table] as const))(
  'the columns of %s agree',
  (name, table) => {
    const actual = opened.store.read.pragma(`table_info(${name})`) as Column[];
    const composite = getTableConfig(table).primaryKeys.flatMap(({ columns }) =>
      columns.map((column) => column.name),
    );
    const mirrored = Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull || column.primary,
      key: column.primary || composite.includes(column.name),
    }));
    expect(mirrored).toEqual(
      actual.map(({ name: column, type, notnull, pk }) => ({
        name: column,
        type,
        required: notnull === 1 || pk > 0,
        key: pk > 0,
      })),
    );
  },
);
