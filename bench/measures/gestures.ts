import { setTimeout as delay } from 'node:timers/promises';
import { watchLoopDelay } from '../../src/main/workers/watch-loop-delay';
import { FLAGGED, type MessageId } from '../../src/shared/domain';
import { createGestures, type Gestures } from '../../src/sync/mutations/gestures';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createSystemRandom } from '../../src/sync/ports/system-random';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { pendingCounts } from '../../src/sync/store/read/pending';
import type { Bench } from '../bench';
import { atMost } from '../row';
import { median, percentile, samples, timed } from '../statistics';
import { startCore } from '../workshop/core';
import { generatedMail } from '../workshop/fill-user';
import { known } from '../workshop/thread-turns';

const SINGLE_RUNS = 100;
const BULK = 10_000;
const BULK_RUNS = 3;
const PUSHED_RUNS = 40;
const SMALL_MAILBOX = 200;
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** How long a gesture takes until it is on screen and in the queue, and until the server has agreed. */
export const gestures: Bench = {
  name: 'gestures',
  boundMs: 90_000,
  run: async (workshop) => {
    const { databasePath, inbox } = workshop.copyOfLarge();
    const store = openStore(databasePath, { clock: createSystemClock(), logger: QUIET });
    const large = gesturesOn(store);
    const ids = newestMessages(store, inbox, BULK);
    await toggle(large, ids, false);
    const single = await samples(SINGLE_RUNS, (index) =>
      toggle(large, [ids[0] as MessageId], index % 2 === 0),
    );
    const bulk: number[] = [];
    await toggle(large, ids, false);
    // What came before would count in the first look.
    await delay(10);
    const turns = watchLoopDelay();
    for (let run = 0; run < BULK_RUNS; run++)
      bulk.push((await timed(() => toggle(large, ids, run % 2 === 0))).ms);
    await delay(10);
    const { busiest } = turns();
    store.close();

    const server = await workshop.server();
    const user = await server.addUser();
    server.fill(user, 'INBOX', generatedMail(SMALL_MAILBOX));
    const core = startCore(workshop.folder());
    const accountId = core.addAccount(user, server.imapPort);
    await core.when(() => core.inbox(accountId).bodies === SMALL_MAILBOX);
    const small = gesturesOn(core.store);
    const [first] = newestMessages(core.store, null, 1);
    const pushed = await samples(PUSHED_RUNS, async (index) => {
      await toggle(small, [first as MessageId], index % 2 === 0);
      return core.when(() => pendingCounts(core.store.read, accountId).waiting === 0);
    });
    await core.stop();
    return [
      atMost({ name: 'star 1 of 100,000 messages, p95', value: percentile(single, 0.95), unit: 'ms' }, 10),
      atMost({ name: 'star 10,000 of 100,000 messages', value: median(bulk), unit: 'ms' }, 300),
      atMost({ name: 'longest turn meanwhile, processor time', value: known(busiest), unit: 'ms' }, 50),
      atMost(
        { name: 'star to acknowledged by the server, p95', value: percentile(pushed, 0.95), unit: 'ms' },
        1_000,
      ),
    ];
  },
};

function gesturesOn(store: Store): Gestures {
  const report = (): void => {};
  return createGestures({ store, clock: createSystemClock(), random: createSystemRandom(), report });
}

async function toggle(on: Gestures, messageIds: MessageId[], star: boolean): Promise<void> {
  const result = await on.apply({
    target: { kind: 'messages', messageIds },
    mutation: { kind: 'keywords', add: star ? [FLAGGED] : [], remove: star ? [] : [FLAGGED] },
    origin: 'user',
  });
  if (!result.ok) throw new Error(result.failure.message);
}

function newestMessages(store: Store, mailboxId: number | null, count: number): MessageId[] {
  return store.read
    .prepare<[number | null, number], { message_id: MessageId }>(
      `SELECT message_id FROM memberships WHERE mailbox_id = ifnull(?, mailbox_id)
       ORDER BY received_at DESC LIMIT ?`,
    )
    .all(mailboxId, count)
    .map(({ message_id }) => message_id);
}
