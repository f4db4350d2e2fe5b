import type { FailureView } from '../../shared/contract/views';
import type { Outcome } from '../../shared/outcome';
import type { Session } from './session';

/** One `--flag`. With `value` it takes one, whose name is shown in the help; without it is a switch. */
export interface Flag {
  readonly name: string;
  readonly value?: string;
  readonly many?: boolean;
  readonly required?: boolean;
  readonly help: string;
}

/** What was typed, already known to fit the command's table. */
export interface Arguments {
  readonly words: readonly string[];
  has(flag: string): boolean;
  get(flag: string): string | null;
  all(flag: string): readonly string[];
}

/** What a command answers: data for scripts and its text for people, bytes as they are, or nothing more to say. */
export type Answer =
  | { readonly kind: 'data'; readonly json: unknown; readonly text: string; readonly exitCode?: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly json: unknown }
  | { readonly kind: 'silent' };

export type CommandResult = Outcome<Answer, FailureView>;

/** What a command may use besides its arguments. */
export interface CommandContext {
  readonly json: boolean;
  readonly profileDir: string;
  readonly buildDir: string;
  readonly passphraseFile: string | null;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /**
   * The running Homeport of this profile, or one for the duration of this command. 'store' answers from what is on this
   * computer; 'network' also lets the engine go to the servers.
   */
  open(need: 'store' | 'network'): Promise<Outcome<Session, FailureView>>;
  /** One line or document on stdout at once, for commands that follow something. */
  print(json: unknown, text: string): void;
}

export interface Command {
  /** The words that choose it, for example 'account add imap'. */
  readonly name: string;
  readonly summary: string;
  /** Positional words as shown in the help, for example 'ID…'. */
  readonly words?: string;
  readonly least?: number;
  readonly most?: number;
  readonly flags: readonly Flag[];
  readonly example: string;
  /** True for commands that go on until a signal and end themselves then; others are left where they are. */
  readonly untilSignal?: boolean;
  run(args: Arguments, context: CommandContext): Promise<CommandResult>;
}
