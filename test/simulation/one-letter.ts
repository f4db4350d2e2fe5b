import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId, DraftId } from '../../src/shared/domain';
import { draftSource } from '../../src/sync/compose/draft-source';
import { markRelated } from '../../src/sync/compose/mark-related';
import type { Connector } from '../../src/sync/connectors/contract';
import { createSupervisor, type Supervisor } from '../../src/sync/engine/supervisor';
import { composeMessage } from '../../src/sync/mime/compose-message';
import { createGestures } from '../../src/sync/mutations/gestures';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { recount } from '../../src/sync/store/recount';
import { insertAccount } from '../../src/sync/store/write/accounts';
import { setFilesCopies } from '../../src/sync/store/write/submission';
import { createFakeClock } from '../fakes/fake-clock';
import { createFakeConnector } from '../fakes/fake-connector';
import { FakeMailServer } from '../fakes/fake-mail-server';
import { createFakeRandom } from '../fakes/fake-random';
import { FakeSubmitter } from '../fakes/fake-submitter';
import { openTestCompose } from '../fakes/open-test-compose';

const HOST = 'mail.example.org';
const START = 1_700_000_000_000;

class Killed extends Error {}

/**
 * One letter from the first word to the sent copy. The process dies at one numbered point: before a commit, at each step
 * of the hand-over, before or after a call of the mail server had its effect, or in a pause. Then it starts again.
 */
export class OneLetter {
  readonly server = new FakeMailServer();
  readonly submitter = new FakeSubmitter();
  readonly errors: string[] = [];
  readonly #clock = createFakeClock(START);
  readonly #random = createFakeRandom(7);
  readonly #network = createReportedNetwork();
  readonly #directory = mkdtempSync(join(tmpdir(), 'homeport-letter-'));
  readonly #diesAt: number;
  #points = 0;
  #dead = false;
  #run = 0;
  #store: Store;
  #supervisor: Supervisor;
  #compose: ReturnType<typeof openTestCompose>;
  readonly #accountId: AccountId;

  /** `diesAt` counts points from 1; 0 = lives on. `serverFiles`: who puts the copy among the sent ones. */
  constructor(diesAt: number, serverFiles: boolean) {
    this.#diesAt = diesAt;
    const store = this.#open();
    this.#accountId = store.writeTx('user', (tx) =>
      insertAccount(tx, {
        protocol: 'imap',
        name: 'Letter',
        email: 'me@example.org',
        hue: 0,
        now: START,
        settings: {
          email: 'me@example.org',
          name: 'Letter',
          submission: { host: HOST, port: 465, security: 'tls', user: 'me' },
          caPem: null,
          auth: 'password',
          secretRef: 'none',
          pinned: [],
          imap: { host: 'localhost', port: 143, security: 'none', user: 'me' },
        },
      }),
    );
    store.writeTx('server', (tx) => setFilesCopies(tx, this.#accountId, HOST, serverFiles));
    store.close();
    this.submitter.pause = async () => this.#point();
    if (serverFiles)
      this.submitter.onTaken = ({ bytes }) => {
        this.server.deliver('Sent', bytes, this.#clock.now(), ['$seen']);
      };
    [this.#store, this.#supervisor, this.#compose] = this.#start();
  }

  /** Points passed; those of an undisturbed letter are all there are. */
  get points(): number {
    return this.#points;
  }

  /** Writes, pauses so long that the draft goes upstream, sends. What the process did not live to do is done again. */
  async live(): Promise<void> {
    await this.#pass(3_000);
    await this.#pass(8_000, await this.#retrying(() => this.#write()));
    await this.#retrying(() => this.#send());
    for (let round = 0; round < 4; round++) await this.#pass(120_000);
  }

  /** What is in the outbox and not through. */
  open() {
    return this.#compose.outbox().filter(({ state }) => state !== 'done');
  }

  /** A person who knows what the server took answers the question (SYNC-279). */
  async answer(): Promise<void> {
    for (const { id: outboxId } of this.open()) {
      const answer = this.submitter.taken.length > 0 ? 'outbox.markSent' : 'outbox.retry';
      await this.#compose.must<unknown>(this.#compose.methods[answer]({ outboxId }));
    }
    for (let round = 0; round < 3; round++) await this.#pass(60_000);
  }

  view(path: string): { upstream: number; here: number } {
    return {
      upstream: this.server.mailbox(path).messages.size,
      here: this.#compose.inMailbox(path).length,
    };
  }

  broken(): string[] {
    return [...recount(this.#store.read), ...this.errors];
  }

  async close(): Promise<void> {
    this.#dead = true;
    await this.#supervisor.stop().catch(() => undefined);
    if (this.#store.write.open) this.#store.write.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #draft(): { id: DraftId } | undefined {
    return this.#store.read.prepare<[], { id: DraftId }>('SELECT id FROM drafts ORDER BY id LIMIT 1').get();
  }

  async #write(): Promise<void> {
    const known = this.#draft();
    const view = known
      ? await this.#compose.must(this.#compose.methods['drafts.restore']({ draftId: known.id, revision: 0 }))
      : await this.#compose.begin(this.#accountId);
    await this.#compose.write(view, {
      to: [{ name: 'Bea', address: 'bea@example.org' }],
      bcc: [{ name: 'Cid', address: 'cid@example.org' }],
      subject: 'Letter',
      body: '<p>Dear Bea</p>',
    });
  }

  async #send(): Promise<void> {
    if (this.#compose.outbox().length > 0) return;
    const [draft] = this.#store.read
      .prepare<[], { id: DraftId; revision: number }>('SELECT id, revision FROM drafts')
      .all();
    if (!draft) throw new Error('the draft is lost');
    await this.#compose.must(
      this.#compose.methods['drafts.send']({
        draftId: draft.id,
        revision: draft.revision,
        undoSeconds: 5,
        later: null,
      }),
    );
  }

  async #retrying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#dead) throw error;
      await this.#restart();
      await work();
    }
  }

  async #restart(): Promise<void> {
    await this.#supervisor.stop().catch(() => undefined);
    if (this.#store.write.open) this.#store.write.close();
    this.#dead = false;
    [this.#store, this.#supervisor, this.#compose] = this.#start();
  }

  async #pass(ms: number, _after?: unknown): Promise<void> {
    const pieces = 30;
    for (let piece = 0; piece <= pieces; piece++) {
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (this.#dead) await this.#restart();
      if (piece < pieces) this.#clock.advance(Math.round(ms / pieces));
    }
  }

  #point(): void {
    if (!this.#dead && ++this.#points === this.#diesAt) this.#dead = true;
    if (this.#dead) throw new Killed('the process is dead');
  }

  #open(): Store {
    return openStore(join(this.#directory, 'homeport.sqlite'), {
      clock: this.#clock,
      logger: this.#logger(),
    });
  }

  #start(): [Store, Supervisor, ReturnType<typeof openTestCompose>] {
    this.#run += 1;
    const opened = this.#open();
    const store: Store = {
      ...opened,
      writeTx: (origin, work) => {
        this.#point();
        return opened.writeTx(origin, work);
      },
    };
    const gestures = createGestures({
      store,
      clock: this.#clock,
      random: this.#random,
      report: () => undefined,
    });
    const supervisor = createSupervisor({
      store,
      clock: this.#clock,
      random: this.#random,
      network: this.#network,
      logger: this.#logger(),
      runId: `run-${this.#run}`,
      connect: () => this.#mortal(createFakeConnector(this.server)),
      draftSource: (draftId) => draftSource({ store, compose: composeMessage }, draftId),
      submission: () => ({ host: HOST, submitter: this.submitter }),
      markRelated: (entry) => markRelated(gestures, entry),
      emit: () => undefined,
    });
    try {
      supervisor.start();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    return [store, supervisor, openTestCompose(store, this.#clock)];
  }

  #mortal(connector: Connector): Connector {
    const call =
      <A extends unknown[], T>(run: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        this.#point();
        const answer = await run(...args);
        this.#point();
        return answer;
      };
    return {
      ...connector,
      preparePush: call(connector.preparePush),
      push: call(connector.push),
      prepareAppend: call(connector.prepareAppend),
      append: call(connector.append),
      probeAppend: call(connector.probeAppend),
      findByMessageId: call(connector.findByMessageId),
      findDrafts: call(connector.findDrafts),
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
}
