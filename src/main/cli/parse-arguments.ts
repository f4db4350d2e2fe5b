import type { FailureView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import type { Arguments, Command, Flag } from './command';
import { nearest } from './nearest';
import { notBuilt } from './not-built';
import { usage } from './usage';

/** Flags every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  { name: 'profile', value: 'DIR', help: 'The folder that holds everything (or HOMEPORT_PROFILE)' },
  { name: 'json', help: 'One JSON document on stdout' },
  {
    name: 'passphrase-file',
    value: 'F',
    help: 'File with the passphrase of the stored passwords (or HOMEPORT_PASSPHRASE)',
  },
  { name: 'help', help: 'What the command does and takes' },
];

export type Parsed =
  | { readonly kind: 'run'; readonly command: Command; readonly args: Arguments }
  | { readonly kind: 'help'; readonly topic: readonly string[] };

/** Reads the words after `homeport`: the same table as the help decides what is known (CLI-005, APP-420). */
export function parseArguments(
  argv: readonly string[],
  commands: readonly Command[],
): Outcome<Parsed, FailureView> {
  const flags = new Map<string, string[]>();
  const words: string[] = [];
  const given: { name: string; inline: string | null; next: string | undefined; at: number }[] = [];
  const taken = new Set<number>();
  // The command is not known yet, so first only tell which flag names take a value anywhere.
  const takesValue = new Set(
    [...GLOBAL_FLAGS, ...commands.flatMap((command) => command.flags)]
      .filter((flag) => flag.value)
      .map((flag) => flag.name),
  );
  let onlyWords = false;
  for (const [at, arg] of argv.entries()) {
    if (taken.has(at)) continue;
    if (arg === '--' && !onlyWords) onlyWords = true;
    else if (onlyWords || !arg.startsWith('-') || arg === '-') words.push(arg);
    else {
      const [name = '', ...rest] = (arg === '-h' ? '--help' : arg).replace(/^--?/, '').split('=');
      const inline = rest.length > 0 ? rest.join('=') : null;
      given.push({ name, inline, next: argv[at + 1], at });
      if (inline === null && takesValue.has(name)) taken.add(at + 1);
    }
  }
  const command = findCommand(words, commands);
  if (
    given.some(({ name }) => name === 'help') ||
    words[0] === 'help' ||
    (words.length === 0 && given.length === 0)
  ) {
    const topic = words[0] === 'help' ? words.slice(1) : words;
    const isKnown = commands.some(({ name }) => name.split(' ')[0] === topic[0]);
    const isYetToCome = notBuilt(topic, commands) !== null;
    return topic.length === 0 || (isKnown && !isYetToCome)
      ? ok({ kind: 'help', topic })
      : unknownCommand(topic, commands);
  }
  if (command === null) return unknownCommand(words, commands);

  const known = [...GLOBAL_FLAGS, ...command.flags];
  for (const { name, inline, next } of given) {
    const flag = known.find((candidate) => candidate.name === name);
    if (flag === undefined) return unknownFlag(name, command, known);
    if (flag.value === undefined && inline !== null)
      return usage(`--${name} takes no value.`, hintFor(command));
    const value = flag.value === undefined ? '' : (inline ?? next);
    if (value === undefined) return usage(`--${name} needs a value (${flag.value}).`, hintFor(command));
    // Given twice, the last one counts: a script's defaults come first.
    const values = flag.many ? (flags.get(name) ?? []) : [];
    flags.set(name, [...values, value]);
  }
  const missing = command.flags.find((flag) => flag.required && !flags.has(flag.name));
  if (missing) return usage(`--${missing.name} is missing.`, hintFor(command));
  const rest = words.slice(command.name.split(' ').length);
  if (rest.length < (command.least ?? 0))
    return usage(`${command.name} needs ${command.words}.`, hintFor(command));
  if (rest.length > (command.most ?? 0))
    return usage(`“${rest[command.most ?? 0]}” is one word too many.`, hintFor(command));
  const args: Arguments = {
    words: rest,
    has: (flag) => flags.has(flag),
    get: (flag) => flags.get(flag)?.[0] ?? null,
    all: (flag) => flags.get(flag) ?? [],
  };
  return ok({ kind: 'run', command, args });
}

/** The command with the longest name that the words begin with. */
function findCommand(words: readonly string[], commands: readonly Command[]): Command | null {
  const fits = commands.filter(({ name }) => name.split(' ').every((word, i) => words[i] === word));
  return fits.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function unknownCommand(words: readonly string[], commands: readonly Command[]) {
  const typed = words.slice(0, 3).join(' ');
  if (typed === '') return usage('No command was given.', 'See homeport --help.');
  const missing = notBuilt(words, commands);
  if (missing !== null)
    return usage(`This version has no homeport ${missing.name}. ${missing.what}`, 'See homeport --help.');
  const group = commands.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name);
  const near = nearest(
    typed,
    commands.map(({ name }) => name),
  );
  const isGroup = commands.some(({ name }) => name.startsWith(`${typed} `));
  const hint = group.length > 0 ? `One of: ${group.join(', ')}.` : near ? `Did you mean “${near}”? ` : '';
  return usage(
    isGroup ? `“${typed}” is only the beginning of a command.` : `There is no command “${typed}”.`,
    `${hint.trim()} See homeport --help.`.trim(),
  );
}

function unknownFlag(name: string, command: Command, known: readonly Flag[]) {
  const near = nearest(
    name,
    known.map((flag) => flag.name),
  );
  const hint = near === null ? hintFor(command) : `Did you mean --${near}?`;
  return usage(`${command.name} has no --${name}.`, hint);
}

function hintFor(command: Command): string {
  return `See homeport ${command.name} --help.`;
}
