import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench';
import { firstSync } from './measures/first-sync';
import { gestures } from './measures/gestures';
import { host } from './measures/host';
import { queries } from './measures/queries';
import { scroll } from './measures/scroll';
import { wholeMailbox } from './measures/whole-mailbox';
import { formatTable } from './report';
import type { Row } from './row';
import { openWorkshop } from './workshop/workshop';

const BENCHES: readonly Bench[] = [firstSync, queries, gestures, host, scroll, wholeMailbox];

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
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
process.exit(broken > 0 || (options.check && missed > 0) ? 1 : 0);

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
