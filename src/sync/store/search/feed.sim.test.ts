import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../../../test/fakes/fake-clock';
import { addAccount, observe, observed, type TestAccount } from '../../../../test/fakes/observed-facts';
import { openTestStore, type TestStore } from '../../../../test/fakes/open-test-store';
import { findPage, giveText, indexEverything } from '../../../../test/fakes/searchable-store';
import type { MailboxId, MessageId } from '../../../shared/domain';
import { readableText } from '../../mime/readable-text';
import { openStore, type Store } from '../open-store';
import { recount } from '../recount';
import { sweepOrphans } from '../write/orphans';
import { readDoc } from './docs';
import { feedSome, nextStep, refill } from './feed';

/** What may happen to a mailbox and its index. Numbers choose among what is there. */
type Event =
  | { readonly kind: 'arrive'; readonly count: number }
  | { readonly kind: 'text' | 'leave' | 'move' | 'mark'; readonly which: number }
  | { readonly kind: 'feed'; readonly turns: number }
  | { readonly kind: 'fail' | 'refill' | 'forget' | 'sweep' | 'kill' };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('arrive' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('text', 'leave', 'move', 'mark'), which: fc.nat(1000) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('feed' as const), turns: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('fail', 'refill', 'forget', 'sweep', 'kill') }) },
);

class Life {
  readonly opened: TestStore = openTestStore();
  readonly account: TestAccount = addAccount(this.opened.store);
  private uid = 0;
  private readonly here: { id: MessageId; uid: number; mailboxId: MailboxId }[] = [];
  private seen = 0;

  get store(): Store {
    return this.opened.store;
  }

  play(event: Event): void {
    switch (event.kind) {
      case 'arrive':
        for (let count = 0; count < event.count; count++) this.arrive(this.account.inbox);
        return;
      case 'feed':
        for (let turn = 0; turn < event.turns; turn++) this.feed(() => undefined);
        return;
      case 'fail':
        // The disk is full after the first message of a turn: everything of it is taken back.
        this.feed(() => {
          throw new Error('no room');
        });
        return;
      case 'refill':
        this.store.writeTx('server', refill);
        return;
      case 'forget':
        // The log was pruned while the program did not run.
        this.store.write.exec('DELETE FROM change_log WHERE seq < (SELECT max(seq) FROM change_log)');
        return;
      case 'sweep':
        this.store.writeTx('server', (tx) => sweepOrphans(tx, this.account.accountId, tx.nowMs + 3_600_000));
        return;
      case 'kill':
        this.resumeElsewhere();
        return;
      default:
        this.change(event.kind, event.which);
    }
  }

  private arrive(mailboxId: MailboxId): void {
    this.uid++;
    const { added } = observe(this.store, mailboxId, {
      insert: [observed(this.uid, { identity: `i${this.uid}`, headers: { subject: `word${this.uid} all` } })],
    });
    this.here.push({ id: added[0] as MessageId, uid: this.uid, mailboxId });
  }

  private change(kind: 'text' | 'leave' | 'move' | 'mark', which: number): void {
    const at = which % Math.max(1, this.here.length);
    const message = this.here[at];
    if (!message) return;
    const { id, uid, mailboxId } = message;
    if (kind === 'text') giveText(this.store, id, `text${id} everything`);
    if (kind === 'mark')
      observe(this.store, mailboxId, { flags: [{ uid, keywords: ['$seen'], modseq: null }] });
    if (kind === 'leave') {
      observe(this.store, mailboxId, { remove: [[uid, uid]] });
      this.here.splice(at, 1);
    }
    if (kind === 'move' && mailboxId === this.account.inbox) {
      const word = this.store.read
        .prepare('SELECT subject FROM messages WHERE id = ?')
        .pluck()
        .get(id) as string;
      const identity = `i${/\d+/.exec(word)?.[0]}`;
      observe(this.store, this.account.work, {
        insert: [observed(uid, { identity, headers: { subject: word } })],
      });
      observe(this.store, mailboxId, { remove: [[uid, uid]] });
      this.here[at] = { id, uid, mailboxId: this.account.work };
    }
  }

  /** One turn of two messages. */
  private feed(after: () => void): void {
    const step = nextStep(this.store.read, this.seen);
    this.seen = step.seen;
    if (step.items.length === 0) return;
    let left = 2;
    try {
      this.store.writeTx('server', (tx) => {
        feedSome(tx, step, 0, readableText, () => --left <= 0);
        after();
      });
    } catch (error) {
      if (!(error instanceof Error && error.message === 'no room')) throw error;
    }
  }

  /** The program is killed here; another one opens what is on the disk. */
  private resumeElsewhere(): void {
    const folder = mkdtempSync(join(tmpdir(), 'homeport-killed-'));
    try {
      cpSync(this.opened.profileDir, folder, { recursive: true });
      const logger = { debug() {}, info() {}, warn() {}, error() {} };
      const store = openStore(join(folder, 'homeport.sqlite'), { clock: createFakeClock(), logger });
      try {
        expectRight(store);
        indexEverything(store, 3);
        expectComplete(store);
      } finally {
        store.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

interface Message {
  readonly id: MessageId;
  readonly subject: string;
  readonly shown: number;
  readonly body_state: string;
}

function messages(store: Store): Message[] {
  return store.read
    .prepare<[], Message>(
      `SELECT id, subject, body_state, EXISTS (SELECT 1 FROM memberships s WHERE s.message_id = m.id) AS shown
       FROM messages m`,
    )
    .all();
}

function finds(store: Store, word: string): number[] {
  return findPage(store, word, 0).rows.map(({ messageId }) => messageId);
}

/** Whatever is in the index is found and is right; what is not in it is not found. */
function expectRight(store: Store): void {
  const all = messages(store);
  for (const { id, subject, shown, body_state } of all) {
    const doc = readDoc(store.read, id);
    const word = subject.split(' ')[0] ?? '';
    expect(finds(store, word)).toEqual(doc && shown ? [id] : []);
    expect(finds(store, `text${id}`)).toEqual(doc?.state === 1 && body_state === 'here' && shown ? [id] : []);
  }
  const indexed = all.filter(({ id, shown }) => shown && readDoc(store.read, id)).map(({ id }) => id);
  expect(finds(store, 'all').sort()).toEqual(indexed.sort());
  for (const index of ['search_words', 'search_parts'])
    store.write.exec(`INSERT INTO ${index} (${index}) VALUES ('integrity-check')`);
  expect(store.read.prepare('SELECT count(*) FROM search_docs').pluck().get()).toBe(
    store.read.prepare('SELECT count(*) FROM search_words_docsize').pluck().get(),
  );
  expect(recount(store.read)).toEqual([]);
  const docs = store.read.prepare<[], number>('SELECT message_id FROM search_docs').pluck().all();
  expect(docs.filter((id) => !all.some((message) => message.id === id))).toEqual([]);
}

/** Everything that is here is found. */
function expectComplete(store: Store): void {
  expectRight(store);
  for (const { id, body_state } of messages(store))
    expect(readDoc(store.read, id)?.state).toBe(body_state === 'here' ? 1 : 0);
}

test('SYNC-371 whatever happens and wherever it is killed, the index is behind and never wrong, and catches up', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 5, maxLength: 30 }), (events) => {
      const life = new Life();
      try {
        for (const one of events) life.play(one);
        expectRight(life.store);
        indexEverything(life.store, 2);
        expectComplete(life.store);
      } finally {
        life.opened.remove();
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
