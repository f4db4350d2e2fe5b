import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench';
import { compareResults, type Results, regressions } from './compare';
import { firstSync } from './measures/first-sync';
import { gestures } from './measures/gestures';
import { host } from './measures/host';
import { keys } from './measures/keys';
import { largeBodies } from './measures/large-bodies';
import { queries } from './measures/queries';
import { quiet } from './measures/quiet';
import { scroll } from './measures/scroll';
import { search } from './measures/search';
import { wholeMailbox } from './measures/whole-mailbox';
import { formatComparison, formatTable } from './report';
import type { Row } from './row';
import { openWorkshop } from './workshop/workshop';

const BENCHES: readonly Bench[] = [
  firstSync,
  queries,
  search,
  gestures,
  quiet,
  host,
  scroll,
  keys,
  largeBodies,
  wholeMailbox,
];

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    against: { type: 'string' },
    only: { type: 'string', multiple: true },
    check: { type: 'boolean', default: false },
  },
});
const chosen = BENCHES.filter(({ name }) => options.only?.includes(name) ?? true);
const unknown = options.only?.filter((name) => !BENCHES.some((bench) => bench.name === name)) ?? [];
if (unknown.length > 0) {
  note(`No such bench: ${unknown.join(', ')}. There are: ${BENCHES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

// Read before anything is measured: a wrong path must not cost half an hour.
const before = options.against === undefined ? null : readResults(options.against);
const workshop = openWorkshop(note);
const rows: Row[] = [];
const machine = { processors: cpus().length, load: loadavg(), node: process.version };
let broken = 0;
for (const bench of chosen) {
  const load = loadavg()[0]?.toFixed(1);
  note(`${bench.name} (load ${load} on ${cpus().length} processors)`);
  try {
    rows.push(...(await within(bench)));
  } catch (error) {
    broken++;
    note(`${bench.name} did not finish: ${error instanceof Error ? error.stack : error}`);
  }
}
await workshop.close();
process.stdout.write(`${formatTable(rows)}\n`);
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ rows, machine }, null, 2)}\n`);
const missed = rows.filter(({ ok }) => ok === false).length;
const worse = before === null ? 0 : tellDifferences(before);
process.exit(broken > 0 || worse > 0 || (options.check && missed > 0) ? 1 : 0);

/** Answers how many rows are worse than before. With --only, rows of other benches are not missed. */
function tellDifferences(previous: Results): number {
  const compared = compareResults(previous, { rows, machine }).filter(
    ({ verdict }) => verdict !== 'missing' || options.only === undefined,
  );
  process.stdout.write(`\n${formatComparison(compared)}\n`);
  return regressions(compared).length;
}

function readResults(path: string): Results {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Results;
  } catch (error) {
    note(`${path} holds no results: ${error instanceof Error ? error.message : error}`);
    process.exit(2);
  }
}

async function within(bench: Bench): Promise<Row[]> {
  const late = new AbortController();
  const bound = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`not within ${bench.boundMs} ms`)), bench.boundMs);
    late.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    return await Promise.race([bench.run(workshop), bound]);
  } finally {
    late.abort();
  }
}
