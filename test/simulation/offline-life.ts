import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId, GestureId, MailboxId, MessageId } from '../../src/shared/domain';
import { createSupervisor, type Supervisor } from '../../src/sync/engine/supervisor';
import { createGestures } from '../../src/sync/mutations/gestures';
import { discardChanges } from '../../src/sync/mutations/parked-changes';
import type { Logger } from '../../src/sync/ports/logger';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { pendingCounts } from '../../src/sync/store/read/pending';
import { recount } from '../../src/sync/store/recount';
import { insertAccount } from '../../src/sync/store/write/accounts';
import { createFakeClock } from '../fakes/fake-clock';
import { createFakeConnector } from '../fakes/fake-connector';
import { FakeMailServer } from '../fakes/fake-mail-server';
import { createFakeRandom } from '../fakes/fake-random';
import { noSending } from '../fakes/no-sending';

/** Folders the user and the second client move things between. */
const FOLDERS = ['INBOX', 'Archive', 'Trash', 'Junk', 'Sent'] as const;
const KEYWORDS = ['$seen', '$flagged', 'work'] as const;
const START = 1_700_000_000_000;

/** What a simulated process throws when it is killed: nothing below catches it on purpose. */
class Killed extends Error {}

const LOST_TARGETS = `SELECT 'change ' || t.change_id || ' lost its message ' || t.message_id
  FROM pending_targets t LEFT JOIN messages m ON m.id = t.message_id WHERE m.id IS NULL`;

/** One account's whole world, driven by one seed. */
export class OfflineLife {
  readonly server = new FakeMailServer();
  readonly errors: string[] = [];
  readonly log: string[] = [];
  readonly #random;
  readonly #clock = createFakeClock(START);
  readonly #profileDir = mkdtempSync(join(tmpdir(), 'homeport-sim-'));
  readonly #gestures: GestureId[] = [];
  #store: Store;
  #supervisor: Supervisor;
  #accountId: AccountId;
  #network = createReportedNetwork();
  #dies: number | null = null;
  #delivered = 0;
  readonly #takenByOthers = new Set<string>();
  /** By anybody, for good. */
  readonly #deleted = new Set<string>();
  #run = 0;

  constructor(seed: number) {
    this.#random = createFakeRandom(seed);
    // Every second life is on a server without MOVE.
    this.server.canMove = seed % 2 === 0;
    for (let i = 0; i < 8; i++) this.#deliver();
    this.#store = this.#open();
    this.#supervisor = this.#start();
    this.#accountId = this.#store.writeTx('user', (tx) =>
      insertAccount(tx, {
        protocol: 'imap',
        name: 'Sim',
        email: 'sim@example.org',
        hue: 0,
        settings: {
          email: 'sim@example.org',
          name: 'Sim',
          caPem: null,
          auth: 'password',
          secretRef: 'none',
          pinned: [],
          imap: { host: 'localhost', port: 143, security: 'none', user: 'sim' },
        },
        now: START,
      }),
    );
  }

  async begin(): Promise<void> {
    await this.#supervisor.refreshAccount(this.#accountId);
    await this.pass(2_000);
  }

  /** One random step of somebody. */
  async step(): Promise<void> {
    const roll = this.#random.fraction();
    if (roll < 0.3) await this.#userActs();
    else if (roll < 0.36) await this.#userUndoes();
    else if (roll < 0.6) this.#otherClientActs();
    else if (roll < 0.68) this.#deliver();
    else if (roll < 0.78) this.#linkChanges();
    else if (roll < 0.8) this.#rebuild();
    else if (roll < 0.86) await this.#killAndRestart();
    else await this.pass(Math.floor(this.#random.fraction() * 90_000));
    await this.pass(Math.floor(this.#random.fraction() * 200));
  }

  /** Repairs the link, lets everything settle, discards what is parked. */
  async end(): Promise<void> {
    this.server.fault = null;
    this.#network.report('online');
    for (let round = 0; round < 60; round++) {
      await this.pass(61_000);
      const { parked, waiting } = pendingCounts(this.#store.read, this.#accountId);
      if (parked > 0) {
        if (waiting === 0) this.#compareFacts();
        const ids = this.#store.read
          .prepare("SELECT id FROM pending_changes WHERE state = 'parked'")
          .pluck()
          .all();
        await discardChanges(this.#store, this.#clock, ids as never);
      } else if (waiting === 0 && round > 3) return;
    }
  }

  pending(): { waiting: number; parked: number } {
    return pendingCounts(this.#store.read, this.#accountId);
  }

  /** Folder → sorted "subject keywords" as the server has it. */
  serverView(): Record<string, string[]> {
    return Object.fromEntries(
      FOLDERS.map((folder) => [
        folder,
        [...this.server.mailbox(folder).messages.values()]
          .map(({ source, keywords }) => line(subjectOf(source), keywords))
          .sort(),
      ]),
    );
  }

  /**
   * Messages the server has more than once. On one without MOVE another client may take the original away between our
   * copy and our removal: both have done what they wanted, and there are two.
   */
  doubled(): string[] {
    const seen = new Set<string>();
    return FOLDERS.flatMap((folder) => [...this.server.mailbox(folder).messages.values()])
      .map(({ source }) => subjectOf(source))
      .filter((subject) => seen.has(subject) || !seen.add(subject))
      .filter((subject) => this.server.canMove || !this.#takenByOthers.has(subject));
  }

  /** Messages nobody deleted that the server has no more. */
  lost(): string[] {
    const there = FOLDERS.flatMap((folder) => [...this.server.mailbox(folder).messages.values()]);
    const subjects = new Set(there.map(({ source }) => subjectOf(source)));
    const delivered = Array.from({ length: this.#delivered }, (_, at) => `m${at + 1}`);
    return delivered.filter((subject) => !subjects.has(subject) && !this.#deleted.has(subject));
  }

  /** The same from our screen. */
  localView(): Record<string, string[]> {
    const rows = this.#store.read
      .prepare(
        `SELECT b.path, m.subject, m.keywords FROM memberships s JOIN messages m ON m.id = s.message_id
         JOIN mailboxes b ON b.id = s.mailbox_id`,
      )
      .all() as { path: string; subject: string; keywords: string }[];
    return byFolder(rows);
  }

  async close(): Promise<void> {
    await this.#supervisor.stop();
    this.#store.close();
    rmSync(this.#profileDir, { recursive: true, force: true });
  }

  /** What was said by the server and stored, without any intent. */
  factsView(): Record<string, string[]> {
    const rows = this.#store.read
      .prepare(
        `SELECT b.path, m.subject, p.keywords FROM placements p JOIN messages m ON m.id = p.message_id
         JOIN mailboxes b ON b.id = p.mailbox_id`,
      )
      .all() as { path: string; subject: string; keywords: string }[];
    return byFolder(rows);
  }

  /** The screen is the replay of intents on facts, at any moment (SYNC-231). */
  checkReplay(): void {
    this.errors.push(...recount(this.#store.read));
    // What vanished under a change is kept for the conflict table (SYNC-088).
    this.errors.push(...(this.#store.read.prepare(LOST_TARGETS).pluck().all() as string[]));
  }

  /** Lets `ms` go by in small pieces, so that promises and timers interleave as they would. */
  async pass(ms: number): Promise<void> {
    const pieces = Math.min(40, Math.ceil(ms / 50));
    for (let i = 0; i <= pieces; i++) {
      for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
      this.#clock.advance(pieces === 0 ? 0 : Math.round(ms / pieces));
    }
  }

  #open(): Store {
    const store = openStore(join(this.#profileDir, 'homeport.sqlite'), {
      clock: this.#clock,
      logger: this.#logger(),
    });
    return {
      ...store,
      writeTx: (origin, work) => {
        if (this.#dies !== null && this.#dies-- <= 0) throw new Killed('the process is dead');
        return store.writeTx(origin, work);
      },
    };
  }

  #start(): Supervisor {
    this.#run += 1;
    const supervisor = createSupervisor({
      ...noSending,
      store: this.#store,
      clock: this.#clock,
      random: this.#random,
      network: this.#network,
      logger: this.#logger(),
      runId: `run-${this.#run}`,
      connect: () => createFakeConnector(this.server),
      emit: () => undefined,
    });
    supervisor.start();
    return supervisor;
  }

  #logger(): Logger {
    return {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (event, fields) => {
        const text = `${event} ${JSON.stringify(fields)}`;
        if (!text.includes('the process is dead')) this.errors.push(text);
      },
    };
  }

  /** kill -9: from some write on nothing is stored any more; then a new process opens the same files. */
  async #killAndRestart(): Promise<void> {
    this.log.push('kill');
    this.#dies = Math.floor(this.#random.fraction() * 6);
    await this.pass(Math.floor(this.#random.fraction() * 3_000));
    this.#dies = -1;
    await this.#supervisor.stop().catch(() => undefined);
    this.#store.write.close();
    this.#dies = null;
    this.#store = this.#open();
    this.#supervisor = this.#start();
  }

  #newGestures() {
    const report = (): void => undefined;
    return createGestures({ store: this.#store, clock: this.#clock, random: this.#random, report });
  }

  async #userActs(): Promise<void> {
    const messages = this.#store.read
      .prepare('SELECT DISTINCT message_id FROM memberships ORDER BY 1')
      .pluck()
      .all() as MessageId[];
    const messageId = this.#pick(messages);
    if (messageId === undefined) return;
    const target = { kind: 'messages' as const, messageIds: [messageId] };
    const roll = this.#random.fraction();
    const keyword = this.#pick(KEYWORDS) as string;
    const mutation =
      roll < 0.25
        ? { kind: 'archive' as const }
        : roll < 0.4
          ? { kind: 'trash' as const }
          : roll < 0.55
            ? { kind: 'keywords' as const, add: [keyword], remove: [] }
            : roll < 0.7
              ? { kind: 'keywords' as const, add: [], remove: [keyword] }
              : roll < 0.78
                ? { kind: 'delete' as const }
                : {
                    kind: 'move' as const,
                    toMailboxId: this.#folderId(this.#pick(FOLDERS) as string),
                    fromMailboxId: null,
                  };
    const result = await this.#newGestures().apply({ target, mutation, origin: 'user' });
    this.log.push(
      `user ${JSON.stringify(mutation)} on ${messageId}: ${result.ok ? result.value.affected : result.failure.kind}`,
    );
    if (result.ok && mutation.kind === 'delete') this.#deleted.add(this.#subjectOfMessage(messageId));
    if (result.ok && result.value.affected > 0) this.#gestures.push(result.value.gestureId);
  }

  async #userUndoes(): Promise<void> {
    const gesture = this.#gestures.pop();
    if (gesture === undefined) return;
    const result = await this.#newGestures().undo(gesture);
    this.log.push(`undo: ${JSON.stringify(result)}`);
  }

  #otherClientActs(): void {
    const folder = this.#pick(FOLDERS) as string;
    const uid = this.#pick([...this.server.mailbox(folder).messages.keys()]);
    if (uid === undefined) return;
    const roll = this.#random.fraction();
    const message = this.server.mailbox(folder).messages.get(uid);
    this.log.push(
      `other client ${roll.toFixed(2)} in ${folder} ${uid} ${subjectOf(message?.source ?? new Uint8Array())}`,
    );
    const subject = subjectOf(message?.source ?? new Uint8Array());
    if (roll < 0.4) this.#takenByOthers.add(subject);
    else if (roll < 0.55) this.#deleted.add(subject);
    if (roll < 0.4) this.server.move(folder, uid, this.#pick(FOLDERS) as string);
    else if (roll < 0.55) this.server.remove(folder, uid);
    else {
      const keyword = this.#pick(KEYWORDS) as string;
      const keywords = message?.keywords ?? [];
      this.server.setKeywords(
        folder,
        uid,
        keywords.includes(keyword) ? keywords.filter((k) => k !== keyword) : [...keywords, keyword],
      );
    }
  }

  /** With parked entries left, facts equal the server; with `checkReplay` the screen is replay(server, entries). */
  #compareFacts(): void {
    this.checkReplay();
    if (JSON.stringify(this.factsView()) !== JSON.stringify(this.serverView()))
      this.errors.push(
        `facts ${JSON.stringify(this.factsView())} server ${JSON.stringify(this.serverView())}`,
      );
  }

  #linkChanges(): void {
    this.server.fault =
      this.#pick([null, null, 'offline', 'cut-before', 'cut-after', 'cut-half'] as const) ?? null;
    this.log.push(`link ${this.server.fault}`);
    if (this.#random.fraction() < 0.2)
      this.#network.report(this.#network.state() === 'online' ? 'offline' : 'online');
  }

  #rebuild(): void {
    const folder = this.#pick(FOLDERS) as string;
    this.log.push(`new UIDVALIDITY of ${folder}`);
    this.server.rebuild(folder);
  }

  #deliver(): void {
    this.#delivered += 1;
    const n = this.#delivered;
    const source = Buffer.from(
      `From: a@example.org\r\nTo: sim@example.org\r\nSubject: m${n}\r\nDate: Tue, 14 Nov 2023 22:13:20 +0000\r\n` +
        // Every fourth is of a robot that gives its mail no name.
        `${n % 4 === 0 ? '' : `Message-ID: <m${n}@example.org>\r\n`}\r\nbody of ${n}\r\n`,
    );
    this.server.deliver('INBOX', source, START + n * 1000);
  }

  #folderId(path: string): MailboxId {
    return this.#store.read.prepare('SELECT id FROM mailboxes WHERE path = ?').pluck().get(path) as MailboxId;
  }

  #subjectOfMessage(messageId: MessageId): string {
    return this.#store.read
      .prepare('SELECT subject FROM messages WHERE id = ?')
      .pluck()
      .get(messageId) as string;
  }

  #pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.#random.fraction() * items.length)];
  }
}

function byFolder(
  rows: readonly { path: string; subject: string; keywords: string }[],
): Record<string, string[]> {
  return Object.fromEntries(
    FOLDERS.map((folder) => [
      folder,
      rows
        .filter(({ path }) => path === folder)
        .map(({ subject, keywords }) => line(subject, keywords === '' ? [] : keywords.split(' ')))
        .sort(),
    ]),
  );
}

function line(subject: string, keywords: readonly string[]): string {
  return `${subject} ${[...keywords].sort().join(' ')}`.trim();
}

function subjectOf(source: Uint8Array): string {
  return /Subject: (.*)\r\n/.exec(Buffer.from(source).toString('latin1'))?.[1] ?? '';
}
