/** The built command line as a black box: `node out/main/headless.js …`, for the command line's tests and for the flows. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestUser } from '../servers/start-dovecot';

export const HEADLESS = join(import.meta.dirname, '../../out/main/headless.js');
const START_MS = 20_000;

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document of --json. */
  json<T = Record<string, unknown>>(): T;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly signal?: AbortSignal;
}

function environment(profileDir: string, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: '1', ...extra, HOMEPORT_PROFILE: profileDir };
}

/** Runs one command to its end. The profile is named by the environment, as a script would. */
export function homeport(
  profileDir: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [HEADLESS, ...args], {
      env: environment(profileDir, options.env),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const json = <T>(): T => {
        try {
          return JSON.parse(stdout) as T;
        } catch (error) {
          throw new Error(`not one JSON document: ${JSON.stringify(stdout)}; stderr: ${stderr}`, {
            cause: error,
          });
        }
      };
      resolve({ code, stdout, stderr, json });
    });
    child.stdin.end(options.input ?? '');
  });
}

/** As `homeport`, with --json; throws when the command failed. */
export async function homeportJson<T = Record<string, unknown>>(
  profileDir: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<T> {
  const result = await homeport(profileDir, [...args, '--json'], options);
  if (result.code !== 0) throw new Error(`homeport ${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return result.json<T>();
}

/** `account add imap` on loopback; answers the account's id. */
export async function addImapAccount(
  profileDir: string,
  user: TestUser,
  port: number,
  more: readonly string[] = [],
): Promise<string> {
  const { accountId } = await homeportJson<{ accountId: string }>(
    profileDir,
    ['account', 'add', 'imap', ...imapArguments(user, port), ...more],
    { env: { TEST_PASSWORD: user.password } },
  );
  return accountId;
}

/** Flags of `account add imap` for a user of the test server; the password comes by TEST_PASSWORD. */
export function imapArguments(user: TestUser, port: number): string[] {
  const server = ['--imap-host', '127.0.0.1', '--imap-port', String(port), '--imap-security', 'none'];
  const person = ['--email', `${user.name}@example.org`, '--user', user.name, '--name', user.name];
  return [...person, ...server, '--password-env', 'TEST_PASSWORD'];
}

export interface ReadyLine {
  readonly ready: true;
  readonly ui: string;
  readonly bridge: string | null;
  readonly pid: number;
  readonly version: string;
}

export interface RunningHost {
  readonly ready: ReadyLine;
  readonly startMs: number;
  /** Everything on stdout, the ready line included. */
  stdout(): string;
  stderr(): string;
  /** SIGTERM unless another signal is named; answers the exit code and how long it took. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<{ readonly code: number | null; readonly ms: number }>;
  /** SIGKILL: nothing is said good-bye to. */
  kill(): Promise<void>;
}

const hosts = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of hosts) child.kill('SIGKILL');
});

/** `homeport serve` until it is ready. */
export async function serve(
  profileDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningHost> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [HEADLESS, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(profileDir, env),
  });
  hosts.add(child);
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exited = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      hosts.delete(child);
      resolve(code);
    }),
  );
  const ready = await new Promise<ReadyLine>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the host was not ready in ${START_MS} ms: ${stderr}`));
    }, START_MS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const line = stdout.split('\n', 1)[0] ?? '';
      if (!stdout.includes('\n')) return;
      clearTimeout(late);
      try {
        resolve(JSON.parse(line) as ReadyLine);
      } catch {
        reject(new Error(`the first line is no ready line: ${line}`));
      }
    });
    child.on('close', (code) => {
      clearTimeout(late);
      reject(new Error(`the host ended with ${code}: ${stdout}${stderr}`));
    });
  });
  return {
    ready,
    startMs: performance.now() - startedAt,
    stdout: () => stdout,
    stderr: () => stderr,
    stop: async (signal = 'SIGTERM') => {
      const from = performance.now();
      child.kill(signal);
      return { code: await exited, ms: performance.now() - from };
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
