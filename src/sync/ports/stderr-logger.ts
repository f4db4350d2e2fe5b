import type { Clock } from './clock';
import type { LogFields, Logger } from './logger';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** One JSON line per entry on stderr, so that stdout stays free for answers (CLI-002). */
export function createStderrLogger(clock: Clock, least: LogLevel = 'warn'): Logger {
  const write = (level: LogLevel) => (event: string, fields?: LogFields) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const at = new Date(clock.now()).toISOString();
    process.stderr.write(`${JSON.stringify({ at, level, event, ...fields })}\n`);
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
