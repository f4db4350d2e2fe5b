/** What the engine's integration tests share: the real core in this process, and ways to wait for what it does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostEvent } from '../../src/shared/contract/events';
import {
  type ImapAccountInput,
  METHODS,
  type MethodInput,
  type MethodName,
  type MethodOutput,
  type MethodParsedInput,
} from '../../src/shared/contract/methods';
import type { AccountView, ListRow, MailboxView, MessageView } from '../../src/shared/contract/views';
import type { AccountId } from '../../src/shared/domain';
import type { Outcome } from '../../src/shared/outcome';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createSystemDns } from '../../src/sync/ports/system-dns';
import { createSystemGreeter } from '../../src/sync/ports/system-greeter';
import { createSystemHttp } from '../../src/sync/ports/system-http';
import { createSystemLoopWatch } from '../../src/sync/ports/system-loop-watch';
import { createReportedNetwork } from '../../src/sync/ports/system-network';
import { createSystemRandom } from '../../src/sync/ports/system-random';
import { createSystemRedirectListener } from '../../src/sync/ports/system-redirect-listener';
import { createReaderRuntime, createSyncRuntime } from '../../src/sync/runtime';
import type { FlakyProxy } from '../servers/flaky-proxy';
import type { DovecotServer, TestUser } from '../servers/start-dovecot';
import { must, quietLogger } from './imap-support';

type AddInput = Omit<ImapAccountInput, 'secretRef'>;

export interface TestEngine {
  readonly profileDir: string;
  readonly events: HostEvent[];
  readonly network: ReturnType<typeof createReportedNetwork>;
  readonly vault: Map<string, string>;
  /** The value of a method of either worker; a failure throws. */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  attempt<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Outcome<MethodOutput<M>>>;
  addImap(user: TestUser, port: number, over?: Partial<AddInput>): Promise<AccountId>;
  sync(): Promise<MethodOutput<'sync.now'>>;
  account(id?: AccountId): Promise<AccountView>;
  mailbox(path: string): Promise<MailboxView>;
  /** Messages of a mailbox as the screen has them, newest first. */
  messages(path?: string): Promise<MessageView[]>;
  rows(path?: string): Promise<readonly ListRow[]>;
  message(subject: string, path?: string): Promise<MessageView>;
  /** Ends the core; the profile stays, so that another can be started on it. */
  stop(): Promise<void>;
}

const profiles: string[] = [];
const running = new Set<TestEngine>();
/** The last handle of each vault. */
const issued = new WeakMap<Map<string, string>, number>();

/** The real core on a profile of its own; `previous` continues where a stopped one was. */
export async function startEngine(previous?: TestEngine, http = createSystemHttp()): Promise<TestEngine> {
  const profileDir = previous?.profileDir ?? mkdtempSync(join(tmpdir(), 'homeport-engine-'));
  if (!previous) profiles.push(profileDir);
  const secrets = previous?.vault ?? new Map<string, string>();
  const clock = createSystemClock();
  const network = createReportedNetwork();
  const random = createSystemRandom();
  const vault = {
    get: async (ref: string) => secrets.get(ref) ?? null,
    put: async (secret: string) => {
      // Never a handle again that was taken back: real vaults do not either.
      const number = (issued.get(secrets) ?? secrets.size) + 1;
      issued.set(secrets, number);
      const ref = `secret-${number}`;
      secrets.set(ref, secret);
      return ref;
    },
    delete: async (ref: string) => {
      secrets.delete(ref);
    },
  };
  const client = { name: 'Homeport', version: '0.0.0', contact: 'The authors' };
  const runtime = await createSyncRuntime({
    profileDir,
    clock,
    network,
    power: { onBattery: () => false },
    http,
    dns: createSystemDns(),
    greeter: createSystemGreeter(),
    redirects: createSystemRedirectListener(),
    vault,
    random,
    client,
    logger: quietLogger,
    loop: createSystemLoopWatch(clock),
  });
  const reader = await createReaderRuntime({ profileDir, clock });
  const events: HostEvent[] = [];
  runtime.onEvent((event) => events.push(event));
  await runtime.start();

  const attempt: TestEngine['attempt'] = async (method, input) => {
    const parsed = METHODS[method].input.parse(input) as MethodParsedInput<typeof method>;
    const worker = METHODS[method].place === 'reader' ? reader : runtime;
    const outcome = await worker.call(method, parsed);
    return outcome as Outcome<MethodOutput<typeof method>>;
  };
  const call: TestEngine['call'] = async (method, input) => must(await attempt(method, input));
  const mailbox: TestEngine['mailbox'] = async (path) => {
    const found = (await call('mailboxes.list', {})).find((candidate) => candidate.path === path);
    if (!found) throw new Error(`no mailbox ${path}`);
    return found;
  };
  const messages: TestEngine['messages'] = async (path = 'INBOX') => {
    const { id } = await mailbox(path);
    return (await call('messages.list', { accountId: null, mailboxId: id, limit: 1000, before: null })).rows;
  };
  const engine: TestEngine = {
    profileDir,
    events,
    network,
    vault: secrets,
    call,
    attempt,
    mailbox,
    messages,
    rows: async (path = 'INBOX') => {
      const { id } = await mailbox(path);
      const page = await call('lists.page', {
        listId: id as unknown as number,
        sort: 'date',
        descending: true,
        at: { kind: 'offset', offset: 0 },
        limit: 500,
      });
      return page.rows;
    },
    message: async (subject, path) => {
      const found = (await messages(path)).find((candidate) => candidate.subject === subject);
      if (!found) throw new Error(`no message ${subject}`);
      return found;
    },
    addImap: async (user, port, over = {}) => {
      const secretRef = await vault.put(user.password);
      const { accountId } = await call('accounts.addImap', {
        email: `${user.name}@example.org`,
        name: user.name,
        imap: { host: '127.0.0.1', port, security: 'none', user: user.name },
        caPem: null,
        auth: 'password',
        pinned: [],
        ...over,
        secretRef,
      });
      return accountId;
    },
    sync: () => call('sync.now', { accountId: null, mailboxId: null, wait: true, timeoutMs: 20_000 }),
    account: async (id) => {
      const all = await call('accounts.list', {});
      const found = id === undefined ? all[0] : all.find((candidate) => candidate.id === id);
      if (!found) throw new Error('no account');
      return found;
    },
    stop: async () => {
      running.delete(engine);
      reader.close();
      await runtime.stop();
    },
  };
  running.add(engine);
  return engine;
}

/** For afterEach: nothing outlives its test. */
export async function stopEngines(): Promise<void> {
  for (const engine of [...running]) await engine.stop();
  for (const profile of profiles.splice(0)) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** Asks again until it holds; a condition that throws does not hold yet. Answers the milliseconds it took. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<number> {
  const startedAt = performance.now();
  let last: unknown;
  while (performance.now() - startedAt < withinMs) {
    try {
      if (await condition()) return performance.now() - startedAt;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await delay(20);
  }
  throw new Error(`not within ${withinMs} ms: ${what}`, { cause: last });
}

/** Lines a client sent over a link from a position on, without tags. */
export function commandsSince(proxy: FlakyProxy, from: number): string[] {
  return proxy.lines
    .slice(from)
    .filter(({ from: side, line }) => side === 'client' && /^\w+ [A-Z]/.test(line))
    .map(({ line }) => line.replace(/^\w+ /, ''));
}

/** UIDs whose header (with structure) or whole source went over the wire from a position on, in order. */
export function fetchedUids(proxy: FlakyProxy, what: 'headers' | 'bodies', from = 0): number[] {
  return proxy.lines.slice(from).flatMap(({ from: side, line }) => {
    if (side !== 'server' || !/^\* \d+ FETCH \(/.test(line)) return [];
    const header = line.includes('BODYSTRUCTURE');
    const body = /BODY\[\] /.test(line);
    const uid = /UID (\d+)/.exec(line)?.[1];
    return uid !== undefined && (what === 'headers' ? header : body) ? [Number(uid)] : [];
  });
}

/** The account of a user over TLS with the server's own authority. */
export function overTls(
  server: DovecotServer,
  user: TestUser,
  over: Partial<AddInput> = {},
): Partial<AddInput> {
  return {
    imap: { host: 'localhost', port: server.imapsPort, security: 'tls', user: user.name },
    caPem: readFileSync(server.caPath, 'utf8'),
    ...over,
  };
}
