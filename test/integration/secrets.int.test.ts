import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { serveEngine } from '../../src/main/workers/serve-engine';
import type { FromWorker, ToWorker } from '../../src/main/workers/worker-messages';
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contract/methods';
import type { Outcome } from '../../src/shared/outcome';
import { createSyncRuntime } from '../../src/sync/runtime';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { until } from './engine-support';
import { addImapAccount, homeport, homeportJson, imapArguments } from './homeport-process';
import { mail, must } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

/** A password as it may appear: as it is, and as logins write it. */
function formsOf({ name, password }: TestUser): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [password, base64(password), base64(`\0${name}\0${password}`)];
}

function filesOf(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** The real engine behind the line that hosts speak with it, and all that was said on it. */
function startEngine(profileDir: string) {
  const vault = new Map<string, string>();
  const fromEngine: FromWorker[] = [];
  const toEngine: ToWorker[] = [];
  const answers = new Map<number, (outcome: Outcome<unknown>) => void>();
  let tell: (message: ToWorker) => void = () => undefined;
  const say = (message: ToWorker): void => {
    toEngine.push(message);
    tell(message);
  };
  const stopped = new Promise<void>((resolve) => {
    serveEngine(
      {
        post: (message) => {
          fromEngine.push(structuredClone(message));
          if (message.kind === 'outcome') answers.get(message.id)?.(message.outcome);
          if (message.kind === 'stopped') resolve();
          if (message.kind !== 'vault' || message.request.op === 'put') return;
          const value = vault.get(message.request.secretRef) ?? null;
          say({ kind: 'vault-answer', id: message.id, ok: true, value });
        },
        listen: (listener) => {
          tell = listener;
        },
        onOrphaned: () => undefined,
      },
      createSyncRuntime,
    );
  });
  const client = { name: 'Homeport', version: '1', contact: 'The authors' };
  say({
    kind: 'init',
    init: { profileDir, client, logLevel: 'debug', network: 'online', autonomous: true, trace: false },
  });
  const attempt = async <M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<Outcome<MethodOutput<M>>> => {
    const id = answers.size + 1;
    const outcome = new Promise<Outcome<unknown>>((resolve) => answers.set(id, resolve));
    say({ kind: 'call', id, method, input });
    return (await outcome) as Outcome<MethodOutput<M>>;
  };
  const stop = async () => {
    say({ kind: 'stop' });
    await stopped;
  };
  return { vault, fromEngine, toEngine, attempt, stop };
}

test('SYNC-005 a password reaches the vault and the server, and no file, log, message, answer or argument', async () => {
  const user = await server.addUser(`canary${Date.now()}`);
  const wrong = { ...user, password: 'another-canary-that-is-wrong' };
  await server.append(user, mail('one'));
  const canaries = [...formsOf(user), ...formsOf(wrong)];
  const expectClean = (where: string, bytes: string | Buffer): void => {
    for (const canary of canaries) expect(bytes.includes(canary), where).toBe(false);
  };

  // The engine: what it writes, logs and says while logins succeed, fail, are mended and are probed.
  const folder = mkdtempSync(join(tmpdir(), 'homeport-secrets-'));
  let log = '';
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    log += String(text);
    return true;
  });
  try {
    const engine = startEngine(folder);
    await until('the engine runs', () => engine.fromEngine.some(({ kind }) => kind === 'ready'));
    const account = (secret: string) => {
      const secretRef = `ref-${engine.vault.size}`;
      engine.vault.set(secretRef, secret);
      return {
        email: `${user.name}@example.org`,
        name: user.name,
        imap: { host: '127.0.0.1', port: server.imapPort, security: 'none' as const, user: user.name },
        caPem: null,
        auth: 'password' as const,
        pinned: [],
        secretRef,
      };
    };
    const refused = must(await engine.attempt('accounts.probe', account(wrong.password)));
    expect(refused.verdict).toBe('wrong-password');
    const { accountId } = must(await engine.attempt('accounts.addImap', account(user.password)));
    const sync = { accountId, mailboxId: null, wait: true, timeoutMs: 20_000 };
    must(await engine.attempt('sync.now', sync));
    engine.vault.set('ref-1', wrong.password);
    await engine.attempt('accounts.update', { accountId, paused: true });
    await engine.attempt('accounts.update', { accountId, paused: false });
    await until('the login is refused', async () =>
      must(await engine.attempt('status.get', {})).needsSignIn.includes(accountId),
    );
    engine.vault.set('ref-2', user.password);
    must(await engine.attempt('accounts.signIn', { accountId, secretRef: 'ref-2' }));
    must(await engine.attempt('sync.now', sync));
    for (const file of filesOf(folder)) expectClean('a file while it runs', file);
    await engine.stop();
    for (const file of filesOf(folder)) expectClean('a file afterwards', file);
    expect(log).toContain('imap.connected');
    expectClean('the log', log);
    expectClean('what the engine says', JSON.stringify(engine.fromEngine));
    const answered = engine.toEngine.filter(({ kind }) => kind === 'vault-answer');
    expect(answered.length).toBeGreaterThan(2);
    expectClean(
      'what the engine is told besides the answers of the vault',
      JSON.stringify(engine.toEngine.filter(({ kind }) => kind !== 'vault-answer')),
    );
  } finally {
    stderr.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }

  // The host and the command line as they are started.
  const profile = newProfile();
  const host = await serveHere(profile, [], { HOMEPORT_LOG: 'debug' });
  await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  const commands = await Promise.all(
    [['account', 'list'], ['account', 'status'], ['log'], ['doctor']].map((words) =>
      homeport(profile, [...words, '--json'], { env: { HOMEPORT_LOG: 'debug' } }),
    ),
  );
  for (const { stdout, stderr: said } of commands) expectClean('a command', stdout + said);
  if (process.platform === 'linux') expectClean('arguments', readFileSync(`/proc/${host.ready.pid}/cmdline`));
  const onTheLine = [...imapArguments(user, server.imapPort).slice(0, -2), '--password', user.password];
  expect((await homeport(profile, ['account', 'add', 'imap', ...onTheLine])).code).toBe(2);
  await host.stop();
  expectClean('the host', host.stdout() + host.stderr());
  for (const file of filesOf(profile)) expectClean('a file of the profile', file);
}, 60_000);
