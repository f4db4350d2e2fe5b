import { askAudit } from '../lib/audit/ask-audit.mjs';

/** Neither clean nor failed: the registry could not be asked. */
const NOT_ASKED = 3;

/** `npm run audit`: known holes in locked packages. Exit code 0 clean, 1 findings, 3 not asked. */
export async function run() {
  const { state, lines } = await askAudit();
  for (const line of lines) console.log(line);
  if (state === 'clean') console.log('no known holes but those excepted above');
  return state === 'clean' ? 0 : state === 'findings' ? 1 : NOT_ASKED;
}
