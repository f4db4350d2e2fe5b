import { expect, test } from 'vitest';
import { fail, ok } from '../../../shared/outcome';
import { quirksOf } from '../../../shared/provider-quirks';
import type { Workbench } from '../../ports/workbench';
import { createInlineWorkbench } from '../../prepare/inline-workbench';
import { fetchHeaders } from './fetch-headers';
import { MAX_UNREAD_BYTES } from './limits';
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
  const rows = await fetchHeaders(session, [[1, 3]], breakingAt('evil'), false);
  if (!rows.ok) throw new Error('it failed');
  expect(rows.value.messages.map(({ uid, subject }) => [uid, subject])).toEqual([
    [1, 'one'],
    [3, 'three'],
  ]);
  expect(rows.value.broken).toEqual([2]);
});

test('a workbench that is closed ends the download', async () => {
  const closed: Workbench = { ...here, run: async () => fail({ kind: 'cancelled', message: 'closing' }) };
  const rows = await fetchHeaders(answering([row(1, 'one')]), [[1, 1]], closed, false);
  expect(rows).toMatchObject({ ok: false, error: { failure: { kind: 'cancelled' } } });
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
  const loading = fetchHeaders(session, [[1, count]], slow, false);
  const ending = setInterval(() => jobs.splice(0).forEach((resume) => void resume()), 5);
  const loaded = await loading;
  clearInterval(ending);
  expect(loaded.ok && loaded.value.messages.length).toBe(count);
  expect(waits).toBeGreaterThan(1);
  expect(most).toBeLessThan(MAX_UNREAD_BYTES + 2_000_000);
});
