import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../npm.mjs';
import { root } from '../paths.mjs';
import { judgeAudit } from './judge-audit.mjs';

/** A registry that has not answered by then is one that cannot be asked. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * Asks the registry about every locked package and judges its answer. Without an answer the verdict is `not-asked`.
 * @returns {Promise<import('./judge-audit.mjs').Verdict>}
 */
export async function askAudit() {
  const args = ['audit', '--json', '--package-lock-only', '--fetch-retries=0'];
  const { stdout } = await runNpm(args, { timeoutMs: ANSWER_WITHIN_MS });
  const exceptions = parse(readFileSync(join(root, 'docs/audit-exceptions.json'), 'utf8'));
  return judgeAudit(parse(stdout), exceptions, new Date().toISOString().slice(0, 10));
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
