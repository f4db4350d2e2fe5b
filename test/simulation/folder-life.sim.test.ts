import { afterEach, expect, test } from 'vitest';
import type { GestureId, MailboxId, MessageId } from '../../src/shared/domain';
import { createGestures } from '../../src/sync/mutations/gestures';
import { discardChanges } from '../../src/sync/mutations/parked-changes';
import { screenMailboxes } from '../../src/sync/store/read/mailbox-screen';
import { pendingCounts } from '../../src/sync/store/read/pending';
import { recount } from '../../src/sync/store/recount';
import { createFakeRandom } from '../fakes/fake-random';
import { openTestEngine, type TestEngine } from '../fakes/open-test-engine';

let engine: TestEngine;
afterEach(() => engine.close());

/** Seeds that once failed: run for ever. */
const REGRESSIONS: readonly number[] = [93, 140];
const { SIMULATION_FOLDER_LIVES = '12' } = process.env;
const STEPS = 40;
const seeds = [
  ...REGRESSIONS,
  ...Array.from({ length: Number(SIMULATION_FOLDER_LIVES) }, (_, index) => index + 1),
];
/** Few names, so that they meet. */
const NAMES = ['Work', 'Home', 'Old', 'Letters'] as const;
const DAY_MS = 26 * 3_600_000;

/** A user who reorders folders with a failing link while a second client does the same at the server. */
class FolderLife {
  readonly log: string[] = [];
  readonly #random;
  readonly #gestures: GestureId[] = [];
  #delivered = 0;

  constructor(seed: number) {
    this.#random = createFakeRandom(seed);
  }

  async step(): Promise<void> {
    const roll = this.#random.fraction();
    if (roll < 0.4) await this.#userChangesFolders();
    else if (roll < 0.46) await this.#userUndoes();
    else if (roll < 0.56) await this.#userMovesMail();
    else if (roll < 0.76) this.#otherClientChangesFolders();
    else if (roll < 0.86) this.#deliver();
    else if (roll < 0.96) this.#linkChanges();
    else await engine.pass(Math.floor(this.#random.fraction() * 90_000));
    await engine.pass(Math.floor(this.#random.fraction() * 400));
  }

  /** Repairs the link, lets everything settle, discards what is parked, and waits out what was believed gone. */
  async end(): Promise<void> {
    engine.server.fault = null;
    engine.network.report('online');
    await this.#settle();
    // A folder that vanished at the server is believed gone a day later; what waited for it is decided then.
    await engine.pass(DAY_MS);
    await this.#settle();
  }

  async #settle(): Promise<void> {
    for (let round = 0; round < 60; round++) {
      await engine.pass(61_000);
      const { waiting, parked } = pendingCounts(engine.store.read, engine.accountId);
      if (parked > 0) {
        const ids = engine.store.read
          .prepare("SELECT id FROM pending_changes WHERE state = 'parked'")
          .pluck()
          .all();
        await discardChanges(engine.store, engine.clock, ids as never);
      } else if (waiting === 0 && round > 12) return;
    }
  }

  async #userChangesFolders(): Promise<void> {
    const boxes = this.#folders();
    const box = this.#pick(boxes);
    const parent = this.#random.fraction() < 0.5 ? null : (this.#pick(boxes) ?? null);
    const name = this.#pick(NAMES) as string;
    const roll = this.#random.fraction();
    const change =
      roll < 0.4 || box === undefined
        ? {
            kind: 'create' as const,
            accountId: engine.accountId,
            parentId: parent?.id ?? null,
            name,
          }
        : roll < 0.6
          ? { kind: 'rename' as const, mailboxId: box.id, name }
          : roll < 0.8
            ? { kind: 'move' as const, mailboxId: box.id, parentId: parent?.id ?? null }
            : { kind: 'delete' as const, mailboxId: box.id };
    const result = await this.#door().changeMailbox({ change, origin: 'user' });
    this.log.push(`user ${JSON.stringify(change)}: ${result.ok ? 'ok' : result.failure.message}`);
    if (result.ok) this.#gestures.push(result.value.gestureId);
  }

  async #userUndoes(): Promise<void> {
    const gesture = this.#gestures.pop();
    if (gesture === undefined) return;
    const result = await this.#door().undo(gesture);
    this.log.push(`undo: ${result.ok ? result.value.restored : result.failure.message}`);
  }

  async #userMovesMail(): Promise<void> {
    const messageId = this.#pick(
      engine.store.read.prepare('SELECT DISTINCT message_id FROM memberships ORDER BY 1').pluck().all(),
    );
    const box = this.#pick(this.#folders());
    if (messageId === undefined || box === undefined) return;
    const target = { kind: 'messages' as const, messageIds: [messageId as MessageId] };
    const mutation = { kind: 'move' as const, toMailboxId: box.id, fromMailboxId: null };
    const result = await this.#door().apply({ target, mutation, origin: 'user' });
    this.log.push(`user moves ${messageId} to ${box.path}: ${result.ok ? 'ok' : result.failure.message}`);
  }

  #otherClientChangesFolders(): void {
    const { server } = engine;
    const keys = [...server.mailboxes.values()]
      .filter(({ role }) => role === null)
      .map((box) => box.remoteKey);
    const key = this.#pick(keys);
    const name = this.#pick(NAMES) as string;
    const roll = this.#random.fraction();
    this.log.push(`other client ${roll.toFixed(2)} ${key} ${name}`);
    if (key === undefined || roll < 0.4) server.createMailbox(name);
    else if (roll < 0.75) {
      if (server.mailboxes.has(name) || name === key || name.startsWith(`${key}/`)) return;
      for (const one of keys)
        if (one === key || one.startsWith(`${key}/`))
          server.renameMailbox(one, `${name}${one.slice(key.length)}`);
    } else for (const one of keys) if (one === key || one.startsWith(`${key}/`)) server.deleteMailbox(one);
  }

  #deliver(): void {
    const keys = [...engine.server.mailboxes.keys()];
    engine.deliver(`m${++this.#delivered}`, this.#random.fraction() < 0.5 ? 'INBOX' : this.#pick(keys));
  }

  #linkChanges(): void {
    engine.server.fault = this.#pick([null, null, 'offline', 'cut-before', 'cut-after'] as const) ?? null;
    if (this.#random.fraction() < 0.3)
      engine.network.report(engine.network.state() === 'online' ? 'offline' : 'online');
    this.log.push(`link ${engine.server.fault}, ${engine.network.state()}`);
  }

  #folders(): { readonly id: MailboxId; readonly path: string }[] {
    return screenMailboxes(engine.store.read, engine.accountId).filter(({ role }) => role === null);
  }

  #door() {
    const { store, clock } = engine;
    return createGestures({ store, clock, random: this.#random, report: () => undefined });
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.#random.fraction() * items.length)];
  }
}

/** Path and subjects of every folder, as the server has them and as the screen shows them. */
function serverView(): string[] {
  return [...engine.server.mailboxes.values()]
    .map(({ remoteKey, messages }) => {
      const subjects = [...messages.values()].map(
        ({ source }) => /Subject: (.*)\r\n/.exec(Buffer.from(source).toString('latin1'))?.[1] ?? '',
      );
      return `${remoteKey}: ${subjects.sort().join(' ')}`;
    })
    .sort();
}

function screenView(): string[] {
  const subjects = engine.store.read
    .prepare<[number], string>(
      'SELECT m.subject FROM memberships s JOIN messages m ON m.id = s.message_id WHERE s.mailbox_id = ?',
    )
    .pluck();
  return screenMailboxes(engine.store.read, engine.accountId)
    .map(({ id, path }) => `${path}: ${subjects.all(id).sort().join(' ')}`)
    .sort();
}

test.each(seeds)(
  'folders made, renamed, moved and deleted here and at the server, offline and with lost answers, end the same on both sides (seed %i)',
  async (seed) => {
    engine = await openTestEngine(undefined, (server) => {
      for (const name of NAMES.slice(0, 2)) server.createMailbox(name);
    });
    const life = new FolderLife(seed);
    await engine.pass(5_000);
    for (let step = 0; step < STEPS; step++) {
      await life.step();
      expect(recount(engine.store.read), life.log.join('\n')).toEqual([]);
    }
    await life.end();
    const history = life.log.join('\n');
    expect(engine.errors, history).toEqual([]);
    expect(pendingCounts(engine.store.read, engine.accountId), history).toMatchObject({
      waiting: 0,
      parked: 0,
    });
    expect(screenView(), history).toEqual(serverView());
    expect(recount(engine.store.read), history).toEqual([]);
  },
);
