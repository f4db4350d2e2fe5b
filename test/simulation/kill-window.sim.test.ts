/** SYNC-054: a process that is killed after any transaction of a download fetches at most one window again. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSupervisor } from '../../src/sync/engine/supervisor';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { recount } from '../../src/sync/store/recount';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock';
import { createFakeConnector } from '../fakes/fake-connector';
import { FakeMailServer } from '../fakes/fake-mail-server';
import { createFakeRandom } from '../fakes/fake-random';
import { noSending } from '../fakes/no-sending';
import { addEngineAccount } from '../fakes/open-test-engine';

const MESSAGES = 900;
const quiet = (): void => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

interface Life {
  readonly server: FakeMailServer;
  readonly folder: string;
  readonly clock: FakeClock;
  /** UIDs of every window that was fetched, process after process. */
  readonly windows: number[][][];
}

/** One process: runs until everything is stored, or until it dies right after its n-th transaction of a window. */
async function live(
  life: Life,
  dieAfter: number,
): Promise<{ readonly parts: number; readonly complete: boolean }> {
  const { clock, server, folder } = life;
  const real = openStore(join(folder, 'homeport.sqlite'), { clock, logger });
  const windows: number[][] = [];
  life.windows.push(windows);
  let parts = 0;
  let dead = false;
  const store = Object.assign(Object.create(real) as Store, {
    writeTx: ((origin, work, part) => {
      if (dead) throw new Error('the process is dead');
      // A slow disk: many parts for one window, and a commit every few of them.
      clock.spend(part ? 40 : 0);
      const result = real.writeTx(origin, work, part);
      if (part && ++parts === dieAfter) dead = true;
      return result;
    }) satisfies Store['writeTx'],
  });
  const supervisor = createSupervisor({
    ...noSending,
    store,
    clock,
    random: createFakeRandom(),
    network: createReportedNetwork(),
    logger,
    runId: `run-${life.windows.length}`,
    emit: quiet,
    connect: () => {
      const connector = createFakeConnector(server);
      return {
        ...connector,
        fetchBodies: async function* () {},
        pull: async function* (request, signal) {
          for await (const batch of connector.pull(request, signal)) {
            if (batch.ok && batch.value.added.length > 0)
              windows.push(batch.value.added.map(({ uid }) => uid));
            yield batch;
          }
        },
      };
    },
  });
  if (life.windows.length === 1) addEngineAccount(real, clock);
  supervisor.start();
  const stored = () => real.read.prepare('SELECT count(*) FROM placements').pluck().get() as number;
  const complete = () =>
    real.read
      .prepare(
        "SELECT count(*) FROM sync_state s JOIN mailboxes b ON b.id = s.mailbox_id WHERE b.path = 'INBOX' AND s.backfill_complete = 1",
      )
      .pluck()
      .get() === 1;
  for (let step = 0; step < 5_000 && !dead && !complete(); step++) {
    clock.advance(1);
    for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
  }
  const result = { parts, complete: !dead && complete() };
  if (!dead) {
    expect(stored()).toBe(MESSAGES);
    expect(recount(real.read)).toEqual([]);
  }
  dead = true;
  // kill -9: what was not committed is gone.
  real.read.close();
  let stopped = false;
  const stopping = supervisor
    .stop()
    .catch(quiet)
    .finally(() => {
      stopped = true;
    });
  while (!stopped) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await stopping;
  return result;
}

function begin(): Life {
  const server = new FakeMailServer();
  for (let at = 0; at < MESSAGES; at++)
    server.deliver(
      'INBOX',
      Buffer.from(`Subject: m${at}\r\nMessage-ID: <${at}@x>\r\n\r\nbody\r\n`),
      1_000 + at,
    );
  return {
    server,
    folder: mkdtempSync(join(tmpdir(), 'homeport-kill-')),
    clock: createFakeClock(),
    windows: [],
  };
}

test('SYNC-054 a process killed after any transaction resumes with the next window and fetches at most one again', async () => {
  const whole = begin();
  const { parts } = await live(whole, 0);
  rmSync(whole.folder, { recursive: true });
  // Several transactions for a window, or it would prove nothing.
  expect(parts).toBeGreaterThan(whole.windows[0]?.length ?? 0);
  for (let dieAfter = 1; dieAfter < parts; dieAfter++) {
    const life = begin();
    const where = `killed after transaction ${dieAfter} of ${parts}`;
    await live(life, dieAfter);
    const second = await live(life, 0);
    expect(second.complete, where).toBe(true);
    const [before = [], after = []] = life.windows;
    const uids = after.flat();
    // Nothing twice by the second process, nothing left out, and of the first one's windows only its last again.
    expect(new Set(uids).size, where).toBe(uids.length);
    expect(new Set([...before.flat(), ...uids]).size, where).toBe(MESSAGES);
    const again = uids.filter((uid) => before.flat().includes(uid));
    expect(
      again.filter((uid) => !before.at(-1)?.includes(uid)),
      where,
    ).toEqual([]);
    rmSync(life.folder, { recursive: true });
  }
}, 120_000);
