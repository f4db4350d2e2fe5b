import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveRows, unknownIds } from './conformance.mjs';
import { root } from './paths.mjs';

/**
 * The conformance table over every requirement id the project knows. Warns on stderr about ids nobody has specified.
 * @param {readonly import('./reports.mjs').TestResult[]} tests
 */
export function requirementRows(tests) {
  const file = join(root, 'test/conformance/requirement-ids.json');
  /** @type {{ id: string }[]} */
  const requirements = JSON.parse(readFileSync(file, 'utf8'));
  const ids = requirements.map(({ id }) => id);
  for (const id of unknownIds(ids, tests)) console.error(`A test claims ${id}, which no specification has.`);
  return deriveRows(ids, tests);
}
