import { afterEach, expect, test } from 'vitest';
import { createFakeConnector } from '../../../test/fakes/fake-connector';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';

let engine: TestEngine;
afterEach(() => engine.close());

/** Milliseconds from a delivery to the row on screen, for deliveries at random moments; ascending. */
async function latencies(mailbox: string, count: number, stepMs: number): Promise<number[]> {
  const random = createFakeRandom(11);
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    await engine.pass(Math.round(random.fraction() * 30_000));
    const subject = `${mailbox} ${n}`;
    engine.deliver(subject, mailbox);
    const deliveredAt = engine.clock.now();
    while (!engine.subjects(mailbox).includes(subject)) await engine.pass(stepMs);
    found.push(engine.clock.now() - deliveredAt);
  }
  return found.sort((a, b) => a - b);
}
const p95 = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;

test.each([
  ['with LIST-STATUS', {}, 60_000],
  ['without LIST-STATUS', { listStatus: false, condstore: false, qresync: false }, 300_000],
])(
  'SYNC-116 new mail is here within 2 s in the inbox, and in swept mailboxes %s in time',
  async (_name, capabilities, sweptMs) => {
    let server: TestEngine['server'] | null = null;
    engine = await openTestEngine(
      () => createFakeConnector(server as TestEngine['server'], capabilities),
      (opened) => {
        server = opened;
      },
    );
    await engine.pass(5_000);
    expect(p95(await latencies('INBOX', 12, 500))).toBeLessThanOrEqual(2_000);
    expect(p95(await latencies('Archive', 6, 5_000))).toBeLessThanOrEqual(sweptMs);
  },
);
