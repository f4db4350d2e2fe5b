import type { HostEvent } from '../../src/shared/contract/events';
import type { AccountId, MailboxId, MessageId } from '../../src/shared/domain';
import { draftSource } from '../../src/sync/compose/draft-source';
import { markRelated } from '../../src/sync/compose/mark-related';
import type { Connector, Submitter } from '../../src/sync/connectors/contract';
import { createSupervisor, type Supervisor } from '../../src/sync/engine/supervisor';
import { composeMessage } from '../../src/sync/mime/compose-message';
import type { MutationRequest } from '../../src/sync/mutations/apply-mutation';
import { createGestures } from '../../src/sync/mutations/gestures';
import type { LogFields } from '../../src/sync/ports/logger';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import type { Store } from '../../src/sync/store/open-store';
import { getAccount } from '../../src/sync/store/read/accounts';
import { insertAccount } from '../../src/sync/store/write/accounts';
import type { FakeClock } from './fake-clock';
import { createFakeConnector } from './fake-connector';
import { FakeMailServer } from './fake-mail-server';
import { createFakeRandom } from './fake-random';
import { openTestStore } from './open-test-store';

export interface TestEngine {
  readonly server: FakeMailServer;
  readonly clock: FakeClock;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly network: ReturnType<typeof createReportedNetwork>;
  /** Set by the test: whether the computer runs on its battery. */
  readonly power: { onBattery: boolean };
  readonly accountId: AccountId;
  readonly events: HostEvent[];
  /** Every entry of the log, of all levels, as JSON. */
  readonly logged: string[];
  /** Entries of the log with level error. */
  readonly errors: { event: string; fields: LogFields | undefined }[];
  /** Lets `ms` go by in small pieces, so that promises and timers interleave as they would. */
  pass(ms: number): Promise<void>;
  deliver(subject: string, mailbox?: string, keywords?: readonly string[]): number;
  /** Subjects of a mailbox on our screen, sorted. */
  subjects(path: string): string[];
  messageId(subject: string): MessageId;
  mailboxId(path: string): MailboxId;
  mutate(subject: string, mutation: MutationRequest['mutation']): Promise<void>;
  account(): NonNullable<ReturnType<typeof getAccount>>;
  close(): Promise<void>;
}

/** One account on the fake server with the real store and engine; time moves only with `pass`. */
export async function openTestEngine(
  wrap: (connector: Connector, clock: FakeClock) => Connector = (connector) => connector,
  prepare: (server: FakeMailServer) => void = () => undefined,
  submitter: Submitter | null = null,
): Promise<TestEngine> {
  const { store, clock, remove } = openTestStore();
  const server = new FakeMailServer();
  prepare(server);
  const random = createFakeRandom();
  const network = createReportedNetwork();
  const power = { onBattery: false };
  const events: HostEvent[] = [];
  const errors: TestEngine['errors'] = [];
  const logged: string[] = [];
  const note = (event: string, fields?: LogFields): void =>
    void logged.push(JSON.stringify({ event, fields }));
  const gestures = createGestures({ store, clock, random, report: () => undefined });
  const supervisor = createSupervisor({
    store,
    draftSource: (draftId) => draftSource({ store, compose: composeMessage }, draftId),
    clock,
    random,
    network,
    power: { onBattery: () => power.onBattery },
    logger: {
      debug: note,
      info: note,
      warn: note,
      error: (event, fields) => {
        note(event, fields);
        errors.push({ event, fields });
      },
    },
    submission: () => (submitter ? { host: 'mail.example.org', submitter } : null),
    markRelated: (entry) => markRelated(gestures, entry),
    runId: 'run-1',
    connect: () => wrap(createFakeConnector(server), clock),
    emit: (event) => events.push(event),
  });
  supervisor.start();
  const accountId = addEngineAccount(store, clock);
  await supervisor.refreshAccount(accountId);
  let delivered = 0;

  const engine: TestEngine = {
    server,
    clock,
    store,
    supervisor,
    network,
    power,
    accountId,
    events,
    errors,
    logged,
    pass: async (ms) => {
      const pieces = Math.min(60, Math.max(1, Math.ceil(ms / 50)));
      for (let i = 0; i <= pieces; i++) {
        for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
        if (i < pieces) clock.advance(Math.round(ms / pieces));
      }
    },
    deliver: (subject, mailbox = 'INBOX', keywords = []) => {
      delivered += 1;
      const source = `From: a@example.org\r\nSubject: ${subject}\r\nDate: Tue, 14 Nov 2023 22:13:20 +0000\r\nMessage-ID: <${delivered}@example.org>\r\n\r\nbody of ${subject}\r\n`;
      return server.deliver(mailbox, Buffer.from(source), clock.now() + delivered, keywords);
    },
    subjects: (path) =>
      store.read
        .prepare(
          `SELECT m.subject FROM memberships s JOIN messages m ON m.id = s.message_id JOIN mailboxes b ON b.id = s.mailbox_id
           WHERE b.path = ? ORDER BY 1`,
        )
        .pluck()
        .all(path) as string[],
    messageId: (subject) =>
      store.read.prepare('SELECT id FROM messages WHERE subject = ?').pluck().get(subject) as MessageId,
    mailboxId: (path) =>
      store.read.prepare('SELECT id FROM mailboxes WHERE path = ?').pluck().get(path) as MailboxId,
    mutate: async (subject, mutation) => {
      const target = { kind: 'messages' as const, messageIds: [engine.messageId(subject)] };
      const result = await gestures.apply({ target, mutation, origin: 'user' });
      if (!result.ok) throw new Error(result.failure.message);
    },
    account: () => {
      const account = getAccount(store.read, accountId);
      if (!account) throw new Error('the account is gone');
      return account;
    },
    close: async () => {
      let stopped = false;
      const stopping = supervisor.stop().finally(() => {
        stopped = true;
      });
      // Whoever waits for a turn gets it, or would never learn that it is over.
      while (!stopped) {
        clock.advance(0);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await stopping;
      remove();
    },
  };
  return engine;
}

/** An account of an engine under test: IMAP, with a password nobody asks for. */
export function addEngineAccount(store: Store, clock: FakeClock, host = 'localhost'): AccountId {
  return store.writeTx('user', (tx) =>
    insertAccount(tx, {
      protocol: 'imap',
      name: 'Test',
      email: 'test@example.org',
      hue: 0,
      now: clock.now(),
      settings: {
        email: 'test@example.org',
        name: 'Test',
        imap: { host, port: 143, security: 'none', user: 'test' },
        submission: { host: 'mail.example.org', port: 465, security: 'tls' as const, user: 'me' },
        caPem: null,
        auth: 'password',
        secretRef: 'none',
        pinned: [],
      },
    }),
  );
}
