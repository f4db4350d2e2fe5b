import { afterEach, expect, test } from 'vitest';
import { logRow } from '../../src/main/cli/shapes';
import { diagnosticsOf } from '../../src/renderer/panels/diagnostics';
import type { Failure } from '../../src/shared/failure';
import { fail } from '../../src/shared/outcome';
import type { Connector } from '../../src/sync/connectors/contract';
import { pendingViews, syncLogViews } from '../../src/sync/queries/panel-views';
import { openTestEngine, type TestEngine } from '../fakes/open-test-engine';
import { start } from './imap-scripted-support';
import { never } from './imap-support';

/** Words that only a person's mail, address book or vault holds. */
const CANARY = {
  secret: 'canary-secret-1c9d',
  subject: 'canary subject 7f3a',
  address: 'ada.canary@private.example',
  body: 'canary-body-55e0',
} as const;
/** What a talkative server repeats of them. */
const SAID = `rejected "${CANARY.subject}" from <${CANARY.address}>, ${CANARY.address} is over quota at mx.private.example; Subject: ${CANARY.subject}`;

let engine: TestEngine | null = null;
afterEach(async () => {
  await engine?.close();
  engine = null;
});

const failing = (kind: 'rejected' | 'offline' | 'auth' | 'protocol' | 'unknown-outcome'): Failure =>
  kind === 'auth'
    ? { kind, reason: 'wrong-password', message: 'No.', serverText: SAID }
    : { kind, message: `Other Users/${CANARY.address}: it failed.`, serverText: SAID };

/** A connector whose next calls of each name fail, or go wrong by a mistake of ours. */
function faulty() {
  const next = new Map<string, Failure | Error>();
  const wrap = (connector: Connector): Connector => {
    const trip = (name: string) => {
      const fault = next.get(name);
      if (fault instanceof Error) throw fault;
      return fault ? fail(fault) : null;
    };
    return {
      ...connector,
      connect: async (role, signal) => trip(`connect ${role}`) ?? connector.connect(role, signal),
      listMailboxes: async (signal) => trip('list') ?? connector.listMailboxes(signal),
      pull: async function* (request, signal) {
        const fault = trip('pull');
        if (fault) yield fault;
        else yield* connector.pull(request, signal);
      },
      fetchBodies: async function* (role, request, signal) {
        const fault = trip('bodies');
        if (fault) yield fault;
        else yield* connector.fetchBodies(role, request, signal);
      },
      preparePush: async (action, signal) => trip('prepare') ?? connector.preparePush(action, signal),
      push: async (action, wire, signal) => trip('push') ?? connector.push(action, wire, signal),
      probePush: async (action, wire, signal) => trip('probe') ?? connector.probePush(action, wire, signal),
      watch: async function* (remoteKey, signal) {
        const fault = trip('watch');
        if (fault) yield { kind: 'ended', failure: fault.failure };
        else yield* connector.watch(remoteKey, signal);
      },
      quota: async () => trip('quota') ?? { ok: true, value: [] },
    };
  };
  return { next, wrap };
}

test('SYNC-311 no secret, subject, body or address of others reaches the log, the diagnostics, the command line or a logged line', async () => {
  const { next, wrap } = faulty();
  next.set('watch', failing('offline'));
  engine = await openTestEngine(wrap);
  const { store, accountId } = engine;
  const source = `From: Ada <${CANARY.address}>\r\nSubject: ${CANARY.subject}\r\nMessage-ID: <1@private.example>\r\n\r\n${CANARY.body}\r\n`;
  engine.server.deliver('INBOX', Buffer.from(source), engine.clock.now());
  await engine.pass(20_000);
  next.clear();
  expect(engine.subjects('INBOX')).toEqual([CANARY.subject]);

  const bug = new SyntaxError(`Unexpected token, "${CANARY.body} ${CANARY.secret}" from ${CANARY.address}`);
  const trouble: readonly (readonly [string, Failure | Error])[] = [
    ['connect bulk', failing('auth')],
    ['connect bulk', failing('offline')],
    ['list', failing('offline')],
    ['pull', failing('rejected')],
    ['pull', { ...failing('protocol'), bound: 'line' } as Failure],
    ['bodies', failing('rejected')],
    ['quota', failing('rejected')],
    ['list', bug],
    ['pull', bug],
  ];
  for (const [at, fault] of trouble) {
    next.set(at, fault);
    engine.server.deliver('INBOX', Buffer.from(source.replace('<1@', `<${at}@`)), engine.clock.now());
    void engine.supervisor.syncNow(accountId, null);
    await engine.pass(30_000);
    next.clear();
    void engine.supervisor.syncNow(accountId, null);
    await engine.pass(30_000);
  }
  const pushed: readonly (readonly [string, Failure | Error])[] = [
    ['connect interactive', failing('offline')],
    ['prepare', failing('rejected')],
    ['push', failing('rejected')],
    ['push', failing('unknown-outcome')],
    ['push', bug],
  ];
  for (const [index, [at, fault]] of pushed.entries()) {
    next.set(at, fault);
    next.set('probe', failing('rejected'));
    const marks = { kind: 'keywords', add: [`label-${index}`], remove: [] } as const;
    await engine.mutate(CANARY.subject, marks);
    await engine.pass(150_000);
    next.clear();
    await engine.pass(30_000);
  }

  // Every path left its row: an empty log would prove nothing.
  const log = syncLogViews(store.read, { accountId: null, afterId: 0, limit: 1000 });
  const told = new Set(log.filter(({ failure }) => failure !== null).map(({ kind }) => kind));
  for (const kind of ['pull', 'push', 'watch', 'auth'] as const) expect(told).toContain(kind);
  const parked = pendingViews(store.read, { state: 'parked', limit: 100 });
  expect(parked.length).toBeGreaterThanOrEqual(3);
  expect(engine.logged.filter((line) => line.includes('engine.bug')).length).toBeGreaterThanOrEqual(3);
  const written = {
    log: JSON.stringify(store.read.prepare('SELECT * FROM sync_log').all()),
    commandLine: JSON.stringify(log.map(logRow)),
    diagnostics: diagnosticsOf(pendingViews(store.read, { state: 'all', limit: 100 })),
    logger: engine.logged.join('\n'),
  };
  for (const [name, text] of Object.entries(written)) {
    expect(text.length, name).toBeGreaterThan(50);
    for (const word of Object.values(CANARY)) expect(text, `${name} names ${word}`).not.toContain(word);
    expect(text, name).not.toMatch(/canary|private\.example/);
  }
});

test('a server that repeats the password in its refusal does not bring it any further', async () => {
  const { connector } = await start(
    (command) =>
      /^(LOGIN|AUTHENTICATE)/.test(command)
        ? `%T NO [AUTHENTICATIONFAILED] ann with ${CANARY.secret} or ${Buffer.from(CANARY.secret).toString('base64')} is wrong\r\n`
        : undefined,
    { account: { secret: async () => CANARY.secret }, capabilities: 'IMAP4rev1' },
  );
  const connected = await connector.connect('bulk', never);
  expect(connected).toMatchObject({
    ok: false,
    failure: { kind: 'auth', serverText: 'ann with … or … is wrong' },
  });
});
