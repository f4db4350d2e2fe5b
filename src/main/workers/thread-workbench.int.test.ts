import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Workbench } from '../../sync/ports/workbench';
import { createThreadWorkbench } from './thread-workbench';

/** A bench that answers with what it was given, and ends itself over content that begins with a zero. */
const ENTRY = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ id, name, given }) => {
  if (given.content[0] === 0) process.exit(1);
  if (given.content[0] === 1) return parentPort.postMessage({ id, error: 'TypeError' });
  parentPort.postMessage({ id, made: { name, length: given.content.length } });
});`;

let folder: string;
let bench: Workbench;
const errors: { event: string; fields: unknown }[] = [];
const quiet = () => undefined;
let started = 0;
const logger = {
  debug: (event: string) => {
    if (event === 'workbench.started') started++;
  },
  info: quiet,
  warn: quiet,
  error: (event: string, fields: unknown) => errors.push({ event, fields }),
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-bench-test-'));
  writeFileSync(join(folder, 'entry.mjs'), ENTRY);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await bench.close();
  errors.length = 0;
  started = 0;
});

function open(): Workbench {
  bench = createThreadWorkbench(logger, join(folder, 'entry.mjs'));
  return bench;
}
const give = (content: Uint8Array) => bench.run('blob', { content, encoding: null });
const bytes = (first: number, length = 10) => new Uint8Array(length).fill(first);

test('jobs are answered in the order they were given, also those that only a part of a larger block', async () => {
  open();
  const block = Buffer.alloc(100_000, 7);
  const answered: number[] = [];
  const given = Array.from({ length: 30 }, (_, at) => block.subarray(at, at * 2 + 1));
  await Promise.all(
    given.map(async (content, at) => {
      expect(await give(content)).toEqual({ ok: true, value: { name: 'blob', length: at + 1 } });
      answered.push(at);
    }),
  );
  expect(answered).toEqual(given.map((_, at) => at));
});

test('what breaks the bench is answered with a failure, and its successor does the rest', async () => {
  open();
  const outcomes = await Promise.all([7, 1, 7, 0, 7, 0, 7, 7, 7, 7, 7, 7].map((first) => give(bytes(first))));
  expect(outcomes.map(({ ok }) => ok)).toEqual([
    ...[true, false, true, false, true, false],
    ...[true, true, true, true, true, true],
  ]);
  expect(errors.map(({ event }) => event)).toEqual([
    'workbench.job-failed',
    'workbench.crashed',
    'workbench.crashed',
  ]);
});

test('at most 64 MB are in flight: who has more waits for room', async () => {
  open();
  const first = give(bytes(7, 40 * 1024 * 1024));
  await bench.room();
  const second = give(bytes(7, 40 * 1024 * 1024));
  let room = false;
  const waiting = bench.room().then(() => {
    room = true;
  });
  await Promise.resolve();
  expect(room).toBe(false);
  await first;
  await waiting;
  expect((await second).ok).toBe(true);
});

test('headers are read here until a thread is there, and a few of them start none', async () => {
  open();
  const header = Buffer.from(
    '* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 9 BODY[HEADER.FIELDS (SUBJECT)] "Subject: a")',
  );
  const lines = (count: number) => ({
    bytes: Buffer.concat(Array(count).fill(header)),
    lengths: Uint32Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? header.length : 0)),
    factsOnly: false,
  });
  const few = await bench.run('headers', lines(3));
  expect(few.ok && few.value.messages.length).toBe(3);
  expect(started).toBe(0);
  const many = await bench.run('headers', lines(1_000));
  expect(many.ok && many.value.messages.length).toBe(1_000);
  expect(started).toBe(1);
});

test('closing answers what is left with "cancelled", and whoever comes later', async () => {
  open();
  const left = give(bytes(7));
  await bench.close();
  expect(await left).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  expect(await give(bytes(7))).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  await bench.room();
});
