import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';
import { outDir, root } from './lib/paths.mjs';

/**
 * Checks the import table of .dependency-cruiser.mjs: `node scripts/check-layers.mjs [--cache] [FOLDER]`, FOLDER being a
 * project with a src folder (default: this one). Prints every violation; exit code 1 when there is one. `--cache`: where
 * no file and no rule changed, what the last run noted holds.
 *
 * It also counts: a cruise that sees clearly fewer modules than there are source files proves nothing and fails.
 */
const SEEN_AT_LEAST = 0.9;

const { values, positionals } = parseArgs({
  options: { cache: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const projectDir = resolve(positionals[0] ?? root);
process.chdir(projectDir);

const { forbidden = [], options = {} } = config;
const { enhancedResolveOptions, ...cruiseOptions } = options;
const { output } = await cruise(
  ['src'],
  {
    ...cruiseOptions,
    validate: true,
    ruleSet: { forbidden },
    ...(values.cache && {
      cache: { folder: join(outDir, 'layers'), strategy: /** @type {const} */ ('content') },
    }),
  },
  { ...enhancedResolveOptions },
);
if (typeof output === 'string') throw new Error('dependency-cruiser was asked for a result, not for text');

const violations = output.summary.violations.filter(({ rule }) => rule.severity === 'error');
for (const { rule, from, to, cycle } of violations) {
  const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
  console.error(`${rule.name}: ${from} → ${path}`);
}

const isSource = (/** @type {string} */ file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file);
const onDisk = globSync('src/**/*.{ts,tsx}').filter(isSource).length;
const seen = output.modules.filter(({ source }) => source.startsWith('src/') && isSource(source)).length;
const blind = seen < onDisk * SEEN_AT_LEAST;
if (blind) console.error(`Only ${seen} of ${onDisk} source files were read: the check is blind.`);

console.log(`${seen} modules, ${violations.length} violations`);
process.exitCode = violations.length > 0 || blind ? 1 : 0;
