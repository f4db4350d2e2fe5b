import { METHODS, type MethodOutput } from '../../shared/contract/methods';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { createStderrLogger } from '../../sync/ports/stderr-logger';
import { createSystemClock } from '../../sync/ports/system-clock';
import { CLIENT } from '../app-info';
import { chooseEngineHost } from '../engine-host/choose-host';
import { logLevel } from '../log-level';
import { startWorkers } from './start-workers';

/** What is in a mail store that nobody uses. */
export interface StoreContents {
  readonly accounts: number;
  /** Messages by folder: one in two folders counts twice. */
  readonly messages: number;
  /** Plain sentences; empty = sound. */
  readonly problems: readonly string[];
}

/**
 * Opens the store in `directory`, brings it up to this version, checks all of it and counts what it holds. The caller
 * is the only one who uses it. Nothing goes to the network and no password is known.
 */
export async function inspectStore(directory: string, buildDir: string): Promise<Outcome<StoreContents>> {
  const host = await chooseEngineHost(buildDir);
  if (!host.ok) return host;
  const clock = createSystemClock();
  const started = await startWorkers({
    host: host.value,
    init: {
      profileDir: directory,
      client: CLIENT,
      logLevel: logLevel(),
      network: 'offline',
      autonomous: false,
      trace: false,
    },
    vault: { get: async () => null, put: async () => '', delete: async () => undefined },
    clock,
    logger: createStderrLogger(clock, logLevel()),
  });
  if (!started.ok) return started;
  const { reader, stop } = started.value;
  try {
    const checked = await reader('integrity.check', { full: true });
    if (!checked.ok) return checked;
    const problems = METHODS['integrity.check'].output
      .parse(checked.value)
      .flatMap((check) => check.problems);
    // What a damaged file says of its contents could be anything.
    if (problems.length > 0) return ok({ accounts: 0, messages: 0, problems });
    const accounts = await reader('accounts.list', {});
    if (!accounts.ok) return accounts;
    const mailboxes = await reader('mailboxes.list', {});
    if (!mailboxes.ok) return mailboxes;
    const folders = mailboxes.value as MethodOutput<'mailboxes.list'>;
    return ok({
      accounts: (accounts.value as MethodOutput<'accounts.list'>).length,
      messages: folders.reduce((sum, { total }) => sum + total, 0),
      problems,
    });
  } catch {
    return fail({ kind: 'internal', message: 'The mail store could not be looked at.' });
  } finally {
    await stop();
  }
}
