import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createFakeRandom } from '../../../test/fakes/fake-random';
import { addAccount, observe, observed, type TestAccount } from '../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../test/fakes/open-test-store';
import type { Mutation } from '../../shared/contract/mutation';
import {
  type ChangeId,
  type GestureId,
  type MailboxId,
  type MessageId,
  SNOOZE_UNTIL,
} from '../../shared/domain';
import { dueChanges } from '../store/read/pending';
import { placementsOf } from '../store/read/placements';
import { recount } from '../store/recount';
import { sweepOrphans } from '../store/write/orphans';
import { parkChange } from '../store/write/park-change';
import { backoffChange, claimChange } from '../store/write/pending-queue';
import { settleTargets, type TargetOutcome } from '../store/write/settle-targets';
import { createGestures } from './gestures';
import { discardChanges, retryChanges } from './parked-changes';

let opened: TestStore | undefined;
afterEach(() => {
  opened?.remove();
  opened = undefined;
});

const MAILBOXES = ['inbox', 'archive', 'trash', 'junk', 'work'] as const;
const KEYWORDS = ['$seen', '$flagged', '$deleted', 'blue'];
const n = (max: number) => fc.nat({ max });

/** One thing that may happen to a mail store; numbers pick among what exists at that moment. */
const events = {
  arrive: fc.record({
    do: fc.constant('arrive' as const),
    box: n(4),
    identity: n(12),
    parent: n(12),
    keywords: fc.subarray(KEYWORDS),
  }),
  flags: fc.record({
    do: fc.constant('flags' as const),
    box: n(4),
    uid: n(20),
    keywords: fc.subarray(KEYWORDS),
  }),
  vanish: fc.record({ do: fc.constant('vanish' as const), box: n(4), first: n(20), length: n(3) }),
  validity: fc.record({ do: fc.constant('validity' as const), box: n(4) }),
  mutate: fc.record({
    do: fc.constant('mutate' as const),
    messages: fc.array(n(20), { minLength: 1, maxLength: 4 }),
    kind: n(10),
    box: n(4),
  }),
  undo: fc.record({ do: fc.constant('undo' as const), gesture: n(9) }),
  redo: fc.record({ do: fc.constant('redo' as const), gesture: n(9) }),
  claim: fc.record({ do: fc.constant('claim' as const) }),
  settle: fc.record({ do: fc.constant('settle' as const), result: n(3), told: fc.boolean() }),
  park: fc.record({ do: fc.constant('park' as const), partly: fc.boolean() }),
  retry: fc.record({ do: fc.constant('retry' as const) }),
  discard: fc.record({ do: fc.constant('discard' as const) }),
  sweep: fc.record({ do: fc.constant('sweep' as const) }),
};
const step = fc.oneof(
  { weight: 4, arbitrary: events.arrive },
  events.flags,
  events.vanish,
  events.validity,
  { weight: 5, arbitrary: events.mutate },
  { weight: 2, arbitrary: events.undo },
  events.redo,
  { weight: 4, arbitrary: events.claim },
  { weight: 4, arbitrary: events.settle },
  events.park,
  events.retry,
  events.discard,
  events.sweep,
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function life(test: TestStore, protocol: 'imap' | 'local') {
  const { store, clock } = test;
  const random = createFakeRandom(7);
  const account = addAccount(store, protocol, ['archive']);
  const uids = new Map<number, number>();
  const validity = new Map<number, number>();
  const door = createGestures({ store, clock, random, report: () => undefined });
  const gestures: GestureId[] = [];
  let claimed: ChangeId | null = null;
  const boxOf = (index: number): MailboxId => {
    const id = account[MAILBOXES[index] as keyof TestAccount] as MailboxId;
    return id === 0 ? account.work : id;
  };
  const messageIds = () =>
    store.read
      .prepare<[], { id: MessageId }>('SELECT id FROM messages ORDER BY id')
      .all()
      .map(({ id }) => id);
  const changes = (state: string) =>
    store.read
      .prepare<[string], { id: ChangeId }>('SELECT id FROM pending_changes WHERE state = ?')
      .all(state)
      .map(({ id }) => id);
  const validityOf = (box: number): string => String(validity.get(box) ?? 1);

  async function play(what: Step): Promise<void> {
    clock.advance(60_000);
    switch (what.do) {
      case 'arrive': {
        const box = boxOf(what.box);
        const uid = (uids.get(box) ?? 0) + 1;
        uids.set(box, uid);
        const id = `m${what.identity}@example.org`;
        const parent = what.parent === what.identity ? [] : [`m${what.parent}@example.org`];
        const message = observed(uid, {
          identity: `id${what.identity}`,
          keywords: what.keywords.toSorted(),
          size: 100 + what.identity,
          receivedAt: 1_600_000_000_000 + what.identity,
          headers: { messageId: id, references: parent, subject: what.identity % 3 ? 'Plans' : 'Re: Plans' },
        });
        observe(store, box, { insert: [message], uidValidity: validityOf(box) });
        return;
      }
      case 'flags': {
        const box = boxOf(what.box);
        const flags = [{ uid: what.uid, keywords: what.keywords.toSorted(), modseq: null }];
        observe(store, box, { flags, uidValidity: validityOf(box) });
        return;
      }
      case 'vanish': {
        const box = boxOf(what.box);
        observe(store, box, {
          remove: [[what.first, what.first + what.length]],
          uidValidity: validityOf(box),
        });
        return;
      }
      case 'validity': {
        // There is no server that could give a local mailbox new numbers.
        if (protocol === 'local') return;
        const box = boxOf(what.box);
        validity.set(box, (validity.get(box) ?? 1) + 1);
        uids.set(box, 0);
        const uidValidity = validityOf(box);
        observe(store, box, { uidValidity, newValidity: uidValidity, dropUnverified: what.box % 2 === 0 });
        return;
      }
      case 'mutate': {
        const all = messageIds();
        const chosen = what.messages.flatMap((index) => all[index % all.length] ?? []);
        if (chosen.length === 0) return;
        const kinds: Mutation[] = [
          { kind: 'keywords', add: ['$seen'], remove: [] },
          { kind: 'keywords', add: [], remove: ['$seen', 'blue'] },
          { kind: 'move', toMailboxId: boxOf(what.box), fromMailboxId: null },
          { kind: 'archive' },
          { kind: 'trash' },
          { kind: 'junk' },
          { kind: 'not-junk' },
          { kind: 'delete' },
          // Every event takes a minute: some are due soon, some never.
          {
            kind: 'snooze',
            until: what.box === 4 ? SNOOZE_UNTIL.online : clock.now() + what.box * 120_000,
          },
          { kind: 'unsnooze' },
          { kind: 'wake' },
        ];
        const result = await door.apply({
          target: { kind: 'messages', messageIds: chosen },
          mutation: kinds[what.kind] as Mutation,
          origin: 'user',
        });
        if (result.ok && result.value.affected > 0) gestures.push(result.value.gestureId);
        return;
      }
      case 'undo':
      case 'redo': {
        const gesture = gestures[what.gesture % Math.max(1, gestures.length)];
        if (gesture) await door[what.do](gesture);
        return;
      }
      case 'claim': {
        const due =
          claimed === null ? dueChanges(store.read, account.accountId, clock.now(), 5)[0] : undefined;
        if (!due) return;
        claimed = due.id;
        store.writeTx('server', (tx) => claimChange(tx, due.id, 'run', {}));
        return;
      }
      case 'settle': {
        const id = claimed;
        claimed = null;
        if (id === null) return;
        const targets = store.read
          .prepare<[number], { message_id: MessageId; mailbox_id: number }>(
            'SELECT message_id, mailbox_id FROM pending_targets WHERE change_id = ?',
          )
          .all(id);
        const outcomes = targets.flatMap((target): TargetOutcome[] =>
          placementsOf(store.read, target.message_id)
            .filter(({ mailboxId }) => target.mailbox_id === 0 || (mailboxId as number) === target.mailbox_id)
            .map(({ mailboxId, uid }, at): TargetOutcome => {
              const base = { messageId: target.message_id, mailboxId, uid };
              if (what.result === 1) return { ...base, result: 'gone' };
              if (what.result === 2 && at === 0)
                return { ...base, result: 'failed', failure: { kind: 'rejected', message: 'No.' } };
              return {
                ...base,
                result: 'done',
                newUid: what.told ? 5_000 + target.message_id : null,
                newUidValidity: '1',
              };
            }),
        );
        store.writeTx('server', (tx) => {
          settleTargets(tx, id, outcomes, {
            createdRemoteKey: what.told ? `Made ${id}` : null,
            now: tx.nowMs,
          });
          // What the answers left open is tried again.
          backoffChange(tx, id, { notBefore: tx.nowMs, failure: null, countAttempt: false });
        });
        return;
      }
      case 'park': {
        const [id] = changes('waiting');
        if (id === undefined) return;
        const target = store.read
          .prepare<[number], { message_id: MessageId }>(
            'SELECT message_id FROM pending_targets WHERE change_id = ?',
          )
          .get(id);
        const only = what.partly && target ? [target.message_id] : undefined;
        store.writeTx('server', (tx) =>
          parkChange(tx, id, { kind: 'rejected', message: 'No.' }, tx.nowMs, only),
        );
        return;
      }
      case 'retry':
        void retryChanges(store, clock, changes('parked'));
        return;
      case 'discard':
        void discardChanges(store, clock, changes('parked').slice(0, 1));
        return;
      case 'sweep':
        store.writeTx('server', (tx) => sweepOrphans(tx, account.accountId, clock.now()));
    }
  }
  return { play };
}

test.each(['imap', 'local'] as const)(
  'SYNC-231 the stored screen of a random life equals facts and intents replayed from scratch (%s)',
  async (protocol) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 80 }), async (steps) => {
        opened?.remove();
        opened = openTestStore();
        const { play } = life(opened, protocol);
        for (const what of steps) {
          await play(what);
          expect(recount(opened.store.read)).toEqual([]);
        }
        expect(opened.store.read.pragma('foreign_key_check')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
  60_000,
);
