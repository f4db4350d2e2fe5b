import type { LogLevel } from '../sync/ports/stderr-logger';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** How much goes to stderr: HOMEPORT_LOG=debug|info|warn|error; warnings by default. */
export function logLevel(env: NodeJS.ProcessEnv = process.env): LogLevel {
  return LEVELS.find((level) => level === env.HOMEPORT_LOG) ?? 'warn';
}

/** HOMEPORT_TRACE: measurements for benchmarks are taken and can be asked for. */
export function tracing(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.HOMEPORT_TRACE !== undefined && env.HOMEPORT_TRACE !== '';
}
