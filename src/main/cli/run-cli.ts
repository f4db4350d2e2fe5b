import { homedir } from 'node:os';
import type { FailureView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import { APP_VERSION } from '../app-info';
import { toFailureView } from '../core/to-failure-view';
import { defaultProfileDir } from '../profile/default-location';
import { describeBug, internalFailure } from '../workers/run-safely';
import type { Answer, Arguments, CommandContext, CommandResult } from './command';
import { COMMANDS } from './commands-table';
import { exitCodeOf, toCliError } from './failure-kinds';
import { helpText } from './help';
import { type Parsed, parseArguments } from './parse-arguments';
import { openSession, type Session } from './session';
import { usage } from './usage';

/** Where a command's words go; a test hands in its own. */
export interface CliOutput {
  out(data: string | Uint8Array): Promise<void>;
  err(text: string): void;
  /** Aborts when nobody reads what is written any more. */
  readonly closed?: AbortSignal;
}

/**
 * One run of `homeport ARGS`; answers the exit code (CLI-002). SIGINT and SIGTERM make the command end what it does,
 * and the engine it started is stopped cleanly before the answer (CLI-005).
 * @param buildDir where the built workers are
 */
export async function runCli(argv: readonly string[], buildDir: string, output: CliOutput): Promise<number> {
  const json = argv.includes('--json');
  if (argv.includes('--version') && argv.every((word) => ['--version', '--json'].includes(word))) {
    await output.out(json ? `${JSON.stringify({ version: APP_VERSION })}\n` : `${APP_VERSION}\n`);
    return 0;
  }
  const parsed = parseArguments(argv, COMMANDS);
  if (!parsed.ok) return tellFailure(parsed.failure, json, output);
  if (parsed.value.kind === 'help') {
    const help = helpText(parsed.value.topic, COMMANDS);
    await output.out(json ? `${JSON.stringify({ help })}\n` : help);
    return 0;
  }
  return runCommand(parsed.value, json, buildDir, output);
}

async function runCommand(
  { command, args }: Extract<Parsed, { kind: 'run' }>,
  json: boolean,
  buildDir: string,
  output: CliOutput,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  output.closed?.addEventListener('abort', () => stop.abort(), { once: true });

  const profileDir = chooseProfile(args);
  if (!profileDir.ok) return tellFailure(profileDir.failure, json, output);
  const passphraseFile = args.get('passphrase-file');
  const sessions: Session[] = [];
  const context: CommandContext = {
    json,
    profileDir: profileDir.value,
    buildDir,
    passphraseFile,
    signal: stop.signal,
    open: async (need) => {
      const session = await openSession({
        profileDir: profileDir.value,
        buildDir,
        passphraseFile,
        autonomous: need === 'network',
      });
      if (session.ok) sessions.push(session.value);
      return session;
    },
    print: (value, text) => void output.out(`${json ? JSON.stringify(value) : text}\n`),
  };
  let result: CommandResult;
  try {
    const work = command.run(args, context);
    result = command.untilSignal ? await work : await Promise.race([work, interruption(stop.signal)]);
  } catch (error) {
    output.err(`${JSON.stringify({ level: 'error', event: 'cli.bug', ...describeBug(error) })}\n`);
    result = { ok: false, failure: toFailureView(internalFailure('Something went wrong inside Homeport.')) };
  }
  const code = result.ok
    ? await tellAnswer(result.value, json, output)
    : await tellFailure(result.failure, json, output);
  for (const session of sessions) await session.close(!stop.signal.aborted);
  return code;
}

/** A variable that is set to nothing is not set; a flag that names nothing is a script's unset variable. */
function chooseProfile(args: Arguments): Outcome<string, FailureView> {
  const named = args.get('profile');
  if (named === '') return usage('--profile names no folder.', 'Give it a folder, or leave it out.');
  return ok(
    named ?? (process.env.HOMEPORT_PROFILE || defaultProfileDir(process.env, process.platform, homedir())),
  );
}

function interruption(signal: AbortSignal): Promise<CommandResult> {
  return new Promise((resolve) => {
    const failure = {
      kind: 'cancelled',
      message: 'The command was interrupted.',
      hint: 'Run it again.',
    } as const;
    signal.addEventListener('abort', () => resolve({ ok: false, failure }), { once: true });
  });
}

async function tellAnswer(answer: Answer, json: boolean, output: CliOutput): Promise<number> {
  switch (answer.kind) {
    case 'data':
      await output.out(json ? `${JSON.stringify(answer.json)}\n` : `${answer.text.replace(/\n+$/, '')}\n`);
      return answer.exitCode ?? 0;
    case 'bytes':
      await output.out(json ? `${JSON.stringify(answer.json)}\n` : answer.bytes);
      return 0;
    case 'silent':
      return 0;
  }
}

async function tellFailure(failure: FailureView, json: boolean, output: CliOutput): Promise<number> {
  const error = toCliError(failure);
  if (json) await output.out(`${JSON.stringify({ error })}\n`);
  else output.err(`homeport: ${error.message}${error.hint ? `\n${error.hint}` : ''}\n`);
  return exitCodeOf(error.kind);
}
