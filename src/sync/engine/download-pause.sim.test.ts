import { afterEach, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '../../../test/fakes/open-test-engine';
import type { Failure } from '../../shared/failure';
import { fail } from '../../shared/outcome';
import { downloadFailure } from '../connectors/imap/failure-translation';
import { readStatus } from '../connectors/imap/response-line';
import { accountViews, mailboxViews } from '../queries/account-views';
import { nextMidnight } from './download-pause';

let engine: TestEngine;
afterEach(() => engine?.close());

const bodies = (): number => engine.store.read.prepare('SELECT count(*) FROM bodies').pluck().get() as number;
const refused = (line: string): Failure => {
  const status = readStatus(line);
  return downloadFailure({ kind: 'refused', status, failure: { kind: 'rejected', message: 'no' } });
};

test.each([
  ['A1 NO [OVERQUOTA] Account download limit reached', undefined],
  ['A1 NO [LIMIT] Try again in 20 minutes', 20 * 60_000],
  ['A1 NO [ALERT] Account exceeded command or bandwidth limits. (Failure)', undefined],
  ['A1 NO Daily transfer limit exceeded, try again after 2 hours.', 2 * 3_600_000],
  ['A1 BAD Your bandwidth quota is used up', undefined],
])('a refused download is taken for a used up quota: %s', (line, retryAfterMs) => {
  expect(refused(line)).toMatchObject({ kind: 'throttled', bound: 'download' });
  expect(refused(line)).toHaveProperty('serverText');
  expect((refused(line) as { retryAfterMs?: number }).retryAfterMs).toBe(retryAfterMs);
});

test('another refusal of a download stays what it was', () => {
  expect(refused('A1 NO [NOPERM] You may not read this')).toEqual({ kind: 'rejected', message: 'no' });
});

test.each(['an hour', 'midnight'] as const)(
  'SYNC-063 a used up download quota pauses bodies until %s, headers and what is opened go on, the meter tells',
  async (until) => {
    let given = 0;
    let asked = 0;
    let usedUp = true;
    engine = await openTestEngine(
      (connector) => ({
        ...connector,
        fetchBodies: async function* (role, request, signal) {
          if (role === 'bulk') asked += 1;
          for await (const body of connector.fetchBodies(role, request, signal)) {
            if (role === 'bulk' && usedUp && ++given > 60) {
              yield fail<Failure>(
                until === 'midnight'
                  ? refused('A1 NO [OVERQUOTA] Download quota reached')
                  : refused('A1 NO [LIMIT] Download quota reached, try again in 1 hour'),
              );
              return;
            }
            yield body;
          }
        },
      }),
      (server) => {
        for (let at = 0; at < 150; at++)
          server.deliver('INBOX', Buffer.from(`Subject: m${at}\r\n\r\nbody\r\n`), 1_000 + at);
      },
    );
    await engine.pass(3_000);
    expect(bodies()).toBe(60);
    // The account itself is well: nothing waits for a backoff.
    expect(engine.account()).toMatchObject({ state: 'ok', failure: null });
    const pausedAt = engine.clock.now();
    const ends = accountViews(engine.store.read)[0]?.downloadsPausedUntil ?? 0;
    const expected = until === 'midnight' ? nextMidnight(pausedAt) : pausedAt + 3_600_000;
    expect(Math.abs(ends - expected)).toBeLessThan(4_000);
    // The estimate: how many are still to come.
    const inbox = mailboxViews(engine.store.read).find(({ path }) => path === 'INBOX');
    expect((inbox?.stored ?? 0) - (inbox?.bodies ?? 0)).toBe(90);

    const before = asked;
    engine.deliver('fresh');
    await engine.pass(5 * 60_000);
    expect(engine.subjects('INBOX')).toContain('fresh');
    expect(asked).toBe(before);
    const opened = await engine.supervisor.fetchBody(engine.accountId, engine.messageId('m3'));
    expect(opened).toEqual({ ok: true, value: 'here' });
    await engine.pass(60_000);
    expect(asked).toBe(before);

    usedUp = false;
    await engine.pass(ends - engine.clock.now() + 1_000);
    await engine.pass(120_000);
    expect(bodies()).toBe(151);
  },
);
