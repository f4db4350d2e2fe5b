/** SYNC-400, SYNC-402: many accounts share one thread; every transaction costs time, and nobody waits long. */

import { afterEach, expect, test } from 'vitest';
import type { AccountId, MessageId } from '../../src/shared/domain';
import { localAccountMethods } from '../../src/sync/api/local-account-methods';
import { createSupervisor, type Supervisor } from '../../src/sync/engine/supervisor';
import { createGestures } from '../../src/sync/mutations/gestures';
import type { Ports } from '../../src/sync/ports/ports';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import type { Store } from '../../src/sync/store/open-store';
import { listAccounts } from '../../src/sync/store/read/accounts';
import { insertAccount } from '../../src/sync/store/write/accounts';
import { createFakeConnector } from '../fakes/fake-connector';
import { FakeMailServer } from '../fakes/fake-mail-server';
import { createFakeRandom } from '../fakes/fake-random';
import { noSending } from '../fakes/no-sending';
import { openTestStore, type TestStore } from '../fakes/open-test-store';

const ACCOUNTS = 6;
const OLD_MAIL = 400;
/** What storing a slice of headers, a body or a piece of an import takes on a slow computer, and what a mark takes. */
const COST_MS = 20;
const MARK_MS = 1;
const quiet = (): void => undefined;

let opened: TestStore;
let store: Store;
let supervisor: Supervisor;
let servers: FakeMailServer[];
/** Which account each transaction was for, in order; null = a person's or nobody's. */
let writers: (string | null)[];

afterEach(async () => {
  await Promise.all([supervisor.stop(), pass(3_000)]);
  opened.remove();
});

/** The event loop: what is due happens, and everything it set off. */
async function turn(): Promise<void> {
  opened.clock.advance(1);
  for (let i = 0; i < 6; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(ms: number): Promise<void> {
  const end = opened.clock.now() + ms;
  while (opened.clock.now() < end) await turn();
}

function letter(subject: string, at: number): Buffer {
  return Buffer.from(
    `From: a@example.org\r\nSubject: ${subject}\r\nMessage-ID: <${at}.${subject.replaceAll(' ', '.')}@example.org>\r\n\r\nText.\r\n`,
  );
}

async function begin(): Promise<AccountId[]> {
  opened = openTestStore();
  const { clock } = opened;
  writers = [];
  let working: string | null = null;
  const real = opened.store;
  store = Object.assign(Object.create(real) as Store, {
    writeTx: ((origin, work, part) => {
      writers.push(working);
      const long = working !== null || part !== undefined || origin === 'import';
      working = null;
      // The transaction is not interrupted: what becomes due meanwhile has to wait.
      clock.spend(long ? COST_MS : MARK_MS);
      return real.writeTx(origin, work, part);
    }) satisfies Store['writeTx'],
  });
  servers = Array.from({ length: ACCOUNTS }, (_, who) => {
    const server = new FakeMailServer();
    for (let i = 0; i < OLD_MAIL; i++)
      server.deliver('INBOX', letter(`old ${i} of ${who}`, i), clock.now() - 1_000_000 + i);
    return server;
  });
  supervisor = createSupervisor({
    ...noSending,
    store,
    clock,
    random: createFakeRandom(),
    network: createReportedNetwork(),
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    runId: 'run-1',
    emit: quiet,
    connect: ({ name, id }) => {
      const connector = createFakeConnector(servers[Number(name)] as FakeMailServer);
      return {
        ...connector,
        fetchBodies: async function* (role, request, signal) {
          for await (const body of connector.fetchBodies(role, request, signal)) {
            working = String(id);
            yield body;
          }
        },
      };
    },
  });
  supervisor.start();
  for (let name = 0; name < ACCOUNTS; name++) {
    const id = store.writeTx('user', (tx) =>
      insertAccount(tx, {
        protocol: 'imap',
        name: String(name),
        email: `${name}@example.org`,
        hue: 0,
        now: clock.now(),
        settings: {
          email: `${name}@example.org`,
          name: String(name),
          imap: { host: 'localhost', port: 143, security: 'none', user: String(name) },
          smtp: null,
          caPem: null,
          auth: 'password',
          secretRef: 'none',
          pinned: [],
        },
      }),
    );
    void supervisor.refreshAccount(id);
  }
  return listAccounts(store.read).map(({ id }) => id);
}

const count = (sql: string): number => store.read.prepare(sql).pluck().get() as number;
const bodiesMissing = (): number => count("SELECT count(*) FROM messages WHERE body_state = 'none'");
const has = (subject: string): boolean =>
  store.read.prepare('SELECT 1 FROM messages WHERE subject = ?').get(subject) !== undefined;

test('SYNC-400 new mail of any account is here within 10 s while all accounts load old mail', async () => {
  await begin();
  while (count('SELECT count(*) FROM messages') < ACCOUNTS * OLD_MAIL) await turn();
  const waited: number[] = [];
  for (let round = 0; round < 2 * ACCOUNTS; round++) {
    const arrived = opened.clock.now();
    const subject = `new ${round}`;
    (servers[round % ACCOUNTS] as FakeMailServer).deliver('INBOX', letter(subject, round), arrived);
    while (!has(subject)) await turn();
    waited.push(opened.clock.now() - arrived);
  }
  // Everybody was busy all the time, or it would prove nothing.
  expect(bodiesMissing()).toBeGreaterThan(0);
  expect(Math.max(...waited)).toBeLessThan(10_000);
});

test('SYNC-402 accounts take turns by transactions, and neither a first sync nor an import delays a keyword by more than 100 ms', async () => {
  await begin();
  const { clock } = opened;
  const ports = { clock } as unknown as Ports;
  const importing = localAccountMethods(store, ports)['accounts.addLocal']({
    name: 'Local',
    sample: 600,
    seed: 1,
  });
  const gestures = createGestures({ store, clock, random: createFakeRandom(), report: quiet });
  while (count('SELECT count(*) FROM messages') < ACCOUNTS * 100) await turn();
  const messageId = count('SELECT min(id) FROM messages') as MessageId;
  const waited: number[] = [];
  for (let click = 0; click < 60; click++) {
    await pass(150 + click);
    const due = clock.now() + 5;
    let done = false;
    // A click comes as an event does: in the next pass of the event loop.
    clock.after(5, () => {
      const [add, remove] = click % 2 ? [['$flagged'], []] : [[], ['$flagged']];
      void gestures
        .apply({
          target: { kind: 'messages', messageIds: [messageId] },
          mutation: { kind: 'keywords', add, remove },
          origin: 'user',
        })
        .then(() => {
          waited.push(clock.now() - due);
          done = true;
        });
    });
    while (!done) await turn();
  }
  expect(bodiesMissing()).toBeGreaterThan(0);
  expect(Math.max(...waited)).toBeLessThanOrEqual(100);

  // While several load bodies, none writes twice in a row more than its turn.
  writers.length = 0;
  await pass(4_000);
  const own = writers.filter((one) => one !== null);
  expect(new Set(own).size).toBe(ACCOUNTS);
  const longest = own.reduce(
    ({ run, best, last }, one) => {
      const now = one === last ? run + 1 : 1;
      return { run: now, best: Math.max(best, now), last: one };
    },
    { run: 0, best: 0, last: null as string | null },
  );
  expect(longest.best).toBeLessThanOrEqual(2);
  while (count("SELECT count(*) FROM accounts WHERE protocol = 'local' AND state = 'ok'") === 0) await turn();
  await importing;
});
