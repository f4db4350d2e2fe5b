import { expect, test } from 'vitest';
import { fail, ok } from '../../../shared/outcome';
import { quirksOf } from '../../../shared/provider-quirks';
import type { Workbench } from '../../ports/workbench';
import { createInlineWorkbench } from '../../prepare/inline-workbench';
import { fetchHeaders, type HeaderRows } from './fetch-headers';
import { HEADER_BLOCK_BYTES, MAX_UNREAD_BYTES } from './limits';
import { readResponseLine } from './response-line';
import type { CommandOptions, ImapSession } from './session';

/** A connection on which every command is answered with these rows, as fast as it is let. */
function answering(rows: Iterable<string>, waited: () => void = () => {}): ImapSession {
  const command = async (_name: string, _args: unknown, { onLine, pause }: CommandOptions) => {
    for (const row of rows) {
      const line = readResponseLine(Buffer.from(row, 'latin1'), []);
      if (line) onLine?.(line);
      const waiting = pause?.();
      if (!waiting) continue;
      waited();
      await waiting;
    }
    return ok({ status: 'OK' as const, code: null, codeArguments: [], text: '' });
  };
  return {
    command,
    selected: null,
    advertised: new Set(),
    quirks: quirksOf({ host: '' }),
  } as unknown as ImapSession;
}
const row = (uid: number, subject: string): string =>
  `* ${uid} FETCH (UID ${uid} FLAGS () RFC822.SIZE 9 BODY[HEADER.FIELDS (SUBJECT)] "Subject: ${subject}")`;

const here = createInlineWorkbench();
/** What a download told, one after the other. */
function listener() {
  const told: HeaderRows[] = [];
  return { hear: (rows: HeaderRows) => told.push(rows), told };
}
/** Breaks over a block with this text in it. */
const breakingAt = (text: string): Workbench => ({
  ...here,
  run: async (name, given) => {
    const { bytes } = given as { bytes: Uint8Array };
    return Buffer.from(bytes).includes(text)
      ? fail({ kind: 'internal', message: 'broken' })
      : here.run(name, given);
  },
});

test('a response that breaks the workbench is unreadable; the others are read', async () => {
  const session = answering([row(1, 'one'), row(2, 'evil'), row(3, 'three')]);
  const { hear, told } = listener();
  expect(await fetchHeaders(session, [[1, 3]], breakingAt('evil'), false, hear)).toMatchObject({ ok: true });
  expect(told.map(({ messages }) => messages.map(({ uid, subject }) => [uid, subject]))).toEqual([
    [
      [1, 'one'],
      [3, 'three'],
    ],
  ]);
  expect(told.map(({ broken }) => broken)).toEqual([[2]]);
});

test('a workbench that is closed ends the download', async () => {
  const closed: Workbench = { ...here, run: async () => fail({ kind: 'cancelled', message: 'closing' }) };
  const { hear, told } = listener();
  const rows = await fetchHeaders(answering([row(1, 'one')]), [[1, 1]], closed, false, hear);
  expect(rows).toMatchObject({ ok: false, error: { failure: { kind: 'cancelled' } } });
  expect(told).toEqual([]);
});

test('what is read is told at once and in order, while the rest is still coming and whichever is read first', async () => {
  const { hear, told } = listener();
  const readNow: (() => void)[] = [];
  const waiting: Workbench = {
    ...here,
    run: async (name, given) => {
      await new Promise<void>((resolve) => readNow.push(resolve));
      return here.run(name, given);
    },
  };
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  let end = (): void => {};
  const { command } = answering([1, 2, 3].map((uid) => row(uid, 'x'.repeat(HEADER_BLOCK_BYTES))));
  const session = {
    ...answering([]),
    command: async (...args: Parameters<typeof command>) => {
      await new Promise<void>((resolve) => {
        end = resolve;
        void command(...args);
      });
      return ok(null);
    },
  } as unknown as ImapSession;
  const loading = fetchHeaders(session, [[1, 3]], waiting, false, hear);
  const uids = () => told.map(({ messages }) => messages.map(({ uid }) => uid));
  readNow[1]?.();
  await tick();
  expect(uids()).toEqual([]);
  readNow[0]?.();
  await tick();
  expect(uids()).toEqual([[1], [2]]);
  readNow[2]?.();
  end();
  expect(await loading).toMatchObject({ ok: true });
  expect(uids()).toEqual([[1], [2], [3]]);
});

test('a server that is faster than the workbench is made to wait', async () => {
  let unread = 0;
  let most = 0;
  let waits = 0;
  const jobs: (() => void)[] = [];
  const slow: Workbench = {
    ...here,
    run: async (name, given) => {
      const { bytes } = given as { bytes: Uint8Array };
      unread += bytes.length;
      most = Math.max(most, unread);
      await new Promise<void>((resolve) => jobs.push(resolve));
      unread -= bytes.length;
      return here.run(name, given);
    },
  };
  const count = 40;
  const rows = Array.from({ length: count }, (_, at) => row(at + 1, 'x'.repeat(1_000_000)));
  const session = answering(rows, () => {
    waits++;
    setImmediate(() => jobs.splice(0).forEach((resume) => void resume()));
  });
  const { hear, told } = listener();
  const loading = fetchHeaders(session, [[1, count]], slow, false, hear);
  const ending = setInterval(() => jobs.splice(0).forEach((resume) => void resume()), 5);
  expect(await loading).toMatchObject({ ok: true });
  clearInterval(ending);
  expect(told.flatMap(({ messages }) => messages)).toHaveLength(count);
  expect(waits).toBeGreaterThan(1);
  expect(most).toBeLessThan(MAX_UNREAD_BYTES + 2_000_000);
});
