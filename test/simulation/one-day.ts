import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutation } from '../../src/shared/contract/mutation';
import type { AccountId, GestureId, MailboxId, MessageId } from '../../src/shared/domain';
import type { Connector } from '../../src/sync/connectors/contract';
import { createSupervisor, type Supervisor } from '../../src/sync/engine/supervisor';
import { createGestures, type Gestures } from '../../src/sync/mutations/gestures';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { pendingCounts } from '../../src/sync/store/read/pending';
import { recount } from '../../src/sync/store/recount';
import { insertAccount } from '../../src/sync/store/write/accounts';
import { applyMailboxListing } from '../../src/sync/store/write/apply-listing';
import { createFakeClock } from '../fakes/fake-clock';
import { createFakeConnector } from '../fakes/fake-connector';
import { FakeMailServer } from '../fakes/fake-mail-server';
import { createFakeRandom } from '../fakes/fake-random';
import { noSending } from '../fakes/no-sending';
import { mailbox } from '../fakes/observed-facts';

const START = 1_700_000_000_000;
const FOLDERS = ['INBOX', 'Archive', 'Trash', 'Work', 'Lists'] as const;
const MESSAGES = 14;
/** More than a first screenful, so that there is old mail to fetch. */
const LIST_MAIL = 103;

class Killed extends Error {}

/**
 * One fixed day of an account, through every path of the engine: first sync, old mail, bodies, IDLE, changes by another
 * client, an expunge, a rebuilt mailbox, gestures, undo, an outage. The process dies at one numbered point: before a
 * commit, before or after a call of the connector has had its effect, or in a pause. Then it starts again and goes on.
 */
export class OneDay {
  readonly server = new FakeMailServer();
  readonly errors: string[] = [];
  readonly #clock = createFakeClock(START);
  readonly #random = createFakeRandom(5);
  readonly #network = createReportedNetwork();
  readonly #directory = mkdtempSync(join(tmpdir(), 'homeport-day-'));
  readonly #diesAt: number;
  #points = 0;
  #dead = false;
  #run = 0;
  #store: Store;
  #supervisor: Supervisor;
  #gestures: Gestures;
  readonly #accountId: AccountId;

  /** `diesAt` counts points from 1; 0 = lives on. */
  constructor(diesAt: number) {
    this.#diesAt = diesAt;
    for (const name of ['Work', 'Lists']) this.server.createMailbox(name);
    for (let n = 1; n <= MESSAGES; n++) this.#deliver(n);
    for (let n = 1; n <= LIST_MAIL; n++) this.#deliver(1_000 + n, 'Lists');
    const store = this.#openStore();
    this.#accountId = store.writeTx('user', (tx) =>
      insertAccount(tx, {
        protocol: 'imap',
        name: 'Day',
        email: 'day@example.org',
        hue: 0,
        now: START,
        settings: {
          email: 'day@example.org',
          name: 'Day',
          smtp: null,
          caPem: null,
          auth: 'password',
          secretRef: 'none',
          pinned: [],
          imap: { host: 'localhost', port: 143, security: 'none', user: 'day' },
        },
      }),
    );
    this.#wantHeadersOnly(store, 'Lists');
    store.close();
    [this.#store, this.#supervisor, this.#gestures] = this.#startProcess();
  }

  /** Points passed; those of an undisturbed day are all there are. */
  get points(): number {
    return this.#points;
  }

  async live(): Promise<void> {
    const steps: (() => unknown)[] = [
      () => this.#pass(3_000),
      () => this.#act('m5', { kind: 'archive' }),
      () => this.#act('m6', { kind: 'keywords', add: ['$flagged'], remove: [] }),
      () => this.#pass(1_000),
      () => this.server.setKeywords('INBOX', 9, ['$seen']),
      () => this.server.remove('INBOX', 10),
      () => this.server.move('INBOX', 11, 'Work'),
      () => this.#deliver(MESSAGES + 1),
      () => this.#pass(62_000),
      () => this.#undo('m5'),
      () => this.#network.report('offline'),
      () => this.#pass(500),
      () => this.#act('m12', { kind: 'trash' }),
      () => this.#act('m13', { kind: 'move', toMailboxId: this.#mailboxId('Work'), fromMailboxId: null }),
      () => this.server.rebuild('INBOX'),
      () => this.#network.report('online'),
      () => this.#pass(5_000),
      () => this.#pass(62_000),
    ];
    for (const step of steps) {
      await step();
      if (this.#dead) await this.restart();
    }
    await this.settle();
  }

  /** Long enough for everything to end, for a death on the way too. */
  async settle(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      await this.#pass(62_000);
      if (this.#dead) await this.restart();
    }
  }

  /** Ends the process as it is and starts the next one on the same files. */
  async restart(): Promise<void> {
    this.#dead = true;
    await this.#supervisor.stop().catch(() => undefined);
    if (this.#store.write.open) this.#store.write.close();
    this.#dead = false;
    [this.#store, this.#supervisor, this.#gestures] = this.#startProcess();
    await this.#pass(3_000);
  }

  /** What must hold at any rest, as sentences; empty when all is well. */
  broken(): string[] {
    const { read } = this.#store;
    const problems = [...recount(read), ...this.errors];
    const log = read.prepare('SELECT count(*) AS n, max(seq) AS last FROM change_log').get() as {
      n: number;
      last: number;
    };
    if (log.n !== log.last) problems.push(`the change log has ${log.n} entries up to ${log.last}`);
    if ((read.pragma('foreign_key_check') as unknown[]).length > 0)
      problems.push('a row names a missing one');
    const { waiting, parked } = pendingCounts(read, this.#accountId);
    if (waiting + parked > 0) problems.push(`${waiting} wait and ${parked} are parked`);
    const bodies = read
      .prepare(
        "SELECT count(*) FROM messages m WHERE body_state <> 'here' AND EXISTS (SELECT 1 FROM placements p JOIN mailboxes b ON b.id = p.mailbox_id WHERE p.message_id = m.id AND b.policy <> 'headers')",
      )
      .pluck()
      .get();
    if (bodies !== 0) problems.push(`${bodies} bodies are missing`);
    return problems;
  }

  serverView(): string[] {
    return FOLDERS.flatMap((folder) =>
      [...this.server.mailbox(folder).messages.values()].map(({ source, keywords }) =>
        line(folder, /Subject: (.*)\r\n/.exec(Buffer.from(source).toString())?.[1] ?? '', keywords),
      ),
    ).sort();
  }

  localView(): string[] {
    const rows = this.#store.read
      .prepare(
        `SELECT b.path, m.subject, m.keywords FROM memberships s JOIN messages m ON m.id = s.message_id
         JOIN mailboxes b ON b.id = s.mailbox_id`,
      )
      .all() as { path: string; subject: string; keywords: string }[];
    return rows
      .map(({ path, subject, keywords }) => line(path, subject, keywords === '' ? [] : keywords.split(' ')))
      .sort();
  }

  /** How often something about messages in mailboxes was told to readers of the change log. */
  told(): unknown {
    return this.#store.read.prepare('SELECT count(*) FROM change_log WHERE collection > 0').pluck().get();
  }

  async close(): Promise<void> {
    await this.#supervisor.stop();
    this.#store.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** A hundred bodies are a hundred times the same point. */
  #wantHeadersOnly(store: Store, path: string): void {
    const listed = { ...mailbox(path), status: this.server.status(path) };
    store.writeTx('server', (tx) => {
      const { added } = applyMailboxListing(
        tx,
        this.#accountId,
        { complete: false, mailboxes: [listed] },
        START,
      );
      tx.db.prepare("UPDATE mailboxes SET policy = 'headers' WHERE id = ?").run(added[0]);
    });
  }

  /** One place where the process may die. Nothing of it goes on after that. */
  #point(): void {
    this.#count();
    if (this.#dead) throw new Killed('the process is dead');
  }

  #count(): void {
    if (!this.#dead && ++this.#points === this.#diesAt) this.#dead = true;
  }

  #openStore(): Store {
    return openStore(join(this.#directory, 'homeport.sqlite'), {
      clock: this.#clock,
      logger: this.#logger(),
    });
  }

  #startProcess(): [Store, Supervisor, Gestures] {
    this.#run += 1;
    const opened = this.#openStore();
    const store: Store = {
      ...opened,
      writeTx: (origin, work) => {
        this.#point();
        return opened.writeTx(origin, work);
      },
    };
    const clock = {
      ...this.#clock,
      sleep: async (delayMs: number, signal?: AbortSignal) => {
        await this.#clock.sleep(delayMs, signal);
        // A pause cannot fail; who wakes up dead finds that nothing can be done any more.
        if (!signal?.aborted) this.#count();
      },
    };
    const supervisor = createSupervisor({
      ...noSending,
      store,
      clock,
      random: this.#random,
      network: this.#network,
      logger: this.#logger(),
      runId: `run-${this.#run}`,
      connect: () => this.#mortal(createFakeConnector(this.server)),
      emit: () => undefined,
    });
    const gestures = createGestures({ store, clock, random: this.#random, report: () => undefined });
    try {
      supervisor.start();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    return [store, supervisor, gestures];
  }

  /** The process may die before a call reaches the server, and after it had its effect. */
  #mortal(connector: Connector): Connector {
    const call =
      <A extends unknown[], T>(run: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        this.#point();
        const answer = await run(...args);
        this.#point();
        return answer;
      };
    const each = async function* <T>(
      day: OneDay,
      items: AsyncGenerator<T, void, void>,
    ): AsyncGenerator<T, void, void> {
      for await (const item of items) {
        day.#point();
        yield item;
      }
    };
    return {
      ...connector,
      connect: call(connector.connect),
      listMailboxes: call(connector.listMailboxes),
      preparePush: call(connector.preparePush),
      push: call(connector.push),
      probePush: call(connector.probePush),
      pull: (request, signal) => each(this, connector.pull(request, signal)),
      fetchBodies: (role, request, signal) => each(this, connector.fetchBodies(role, request, signal)),
    };
  }

  #logger() {
    const quiet = (): void => undefined;
    return {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: (event: string, fields?: object) => {
        const text = `${event} ${JSON.stringify(fields)}`;
        if (!text.includes('the process is dead')) this.errors.push(text);
      },
    };
  }

  /** A gesture the process did not live to take is made again by its user. */
  async #act(subject: string, mutation: Mutation): Promise<void> {
    for (let tries = 0; tries < 2; tries++) {
      const messageId = this.#store.read
        .prepare('SELECT id FROM messages WHERE subject = ?')
        .pluck()
        .get(subject);
      // Died before the message came: the day goes on when it is here.
      if (messageId === undefined) {
        await this.settle();
        continue;
      }
      const target = { kind: 'messages' as const, messageIds: [messageId as MessageId] };
      const done = await this.#gestures.apply({ target, mutation, origin: 'user' }).catch(() => null);
      if (done) return;
      await this.restart();
    }
  }

  /** Of the last gesture on this message. */
  async #undo(subject: string): Promise<void> {
    for (let tries = 0; tries < 2; tries++) {
      const gestureId = this.#store.read
        .prepare(
          `SELECT g.id FROM gestures g JOIN gesture_items s ON s.gesture_seq = g.seq JOIN messages m ON m.id = s.message_id
           WHERE m.subject = ?`,
        )
        .pluck()
        .get(subject);
      const done = await this.#gestures.undo(gestureId as GestureId).catch(() => null);
      if (done) return;
      await this.restart();
    }
  }

  #mailboxId(path: string): MailboxId {
    return this.#store.read.prepare('SELECT id FROM mailboxes WHERE path = ?').pluck().get(path) as MailboxId;
  }

  #deliver(n: number, mailbox = 'INBOX'): void {
    const source = `From: a@example.org\r\nSubject: m${n}\r\nDate: Tue, 14 Nov 2023 22:13:20 +0000\r\nMessage-ID: <m${n}@example.org>\r\n\r\nbody ${n}\r\n`;
    this.server.deliver(mailbox, Buffer.from(source), START + n * 1_000);
  }

  async #pass(ms: number): Promise<void> {
    const pieces = Math.min(16, Math.ceil(ms / 50));
    for (let i = 0; i <= pieces; i++) {
      for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
      this.#clock.advance(Math.round(ms / pieces));
    }
  }
}

function line(folder: string, subject: string, keywords: readonly string[]): string {
  return [folder, subject, ...[...keywords].sort()].join(' ');
}
