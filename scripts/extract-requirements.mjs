import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { extractRequirements } from './lib/requirement-text.mjs';

/**
 * Copies the requirements of a folder of specifications into the project as data:
 * `node scripts/extract-requirements.mjs FOLDER` writes test/conformance/requirement-ids.json.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/extract-requirements.mjs FOLDER');
  process.exit(2);
}
const requirements = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .sort()
  .flatMap((name) => extractRequirements(readFileSync(join(folder, name), 'utf8')));
const lines = requirements.map((requirement) => `  ${JSON.stringify(requirement)}`);
writeFileSync(join(root, 'test/conformance/requirement-ids.json'), `[\n${lines.join(',\n')}\n]\n`);
console.log(`${requirements.length} requirements`);
