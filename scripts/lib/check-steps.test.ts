import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { typesCheck } from './check-steps.mjs';

let project = '';
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'homeport-types-'));
  mkdirSync(join(project, 'src/shared'), { recursive: true });
  for (const file of ['tsconfig.base.json', 'src/shared/tsconfig.json', 'package-lock.json'])
    writeFileSync(join(project, file), '{}');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

/** Whether this check starts from scratch; it ends with `code`. */
function startsFresh(code = 0, fresh = false): boolean {
  const { args, finished } = typesCheck(fresh, { project, notes: join(project, 'out/types') });
  finished(code);
  return args.includes('--force');
}

test('types are checked from scratch once, then only what changed, also after errors', () => {
  expect([startsFresh(2), startsFresh(), startsFresh(2), startsFresh()]).toEqual([true, false, false, false]);
  expect([startsFresh(0, true), startsFresh()]).toEqual([true, false]);
});

test.each(['tsconfig.base.json', 'src/shared/tsconfig.json', 'package-lock.json'])(
  'after a change of %s everything is checked again, until that came to its end',
  (file) => {
    startsFresh();
    writeFileSync(join(project, file), '{ "changed": true }');
    expect([startsFresh(137), startsFresh(130), startsFresh(), startsFresh()]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  },
);
