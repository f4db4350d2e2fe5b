import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAILURE_KINDS } from '../../shared/failure';
import { CLI_KINDS, exitCodeOf, toCliError } from './failure-kinds';

const document = readFileSync(join(import.meta.dirname, '../../../docs/failures.md'), 'utf8');
const rows = [...document.matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)].map(([, kind, rest]) => ({
  kind,
  rest: rest ?? '',
}));

test('docs/failures.md explains every kind, and no other', () => {
  expect(rows.map(({ kind }) => kind).sort()).toEqual([...FAILURE_KINDS].sort());
});

test('docs/failures.md shows the words and exit codes of the command line', () => {
  for (const { kind, rest } of rows) {
    const word = CLI_KINDS[kind as (typeof FAILURE_KINDS)[number]];
    expect(rest, kind).toContain(`| \`${word}\`, ${exitCodeOf(word)} `);
  }
});

test('an error for scripts has kind, message and hint, and the words of the server', () => {
  const failure = {
    kind: 'not-a-mail-server' as const,
    message: 'That is no mail server.',
    serverText: 'SSH-2.0',
  };
  expect(toCliError(failure)).toEqual({
    kind: 'invalid',
    message: 'That is no mail server. (server: SSH-2.0)',
    hint: '',
  });
});
