import type { Command, Flag } from './command';
import { GLOBAL_FLAGS } from './parse-arguments';

/** The help of one command, of a group of commands, or of the program; made from the table that parses (APP-420). */
export function helpText(topic: readonly string[], commands: readonly Command[]): string {
  for (let length = topic.length; length > 0; length -= 1) {
    const name = topic.slice(0, length).join(' ');
    const exact = commands.find((command) => command.name === name);
    if (exact) return commandHelp(exact);
    const group = commands.filter((command) => command.name.startsWith(`${name} `));
    if (group.length > 0) return overview(`homeport ${name}`, group);
  }
  return overview('homeport', commands);
}

function commandHelp(command: Command): string {
  const words = command.words === undefined ? '' : ` ${command.words}`;
  return [
    `Usage: homeport ${command.name}${words}${command.flags.length > 0 ? ' [options]' : ''}`,
    '',
    command.summary,
    '',
    ...section('Options', command.flags),
    ...section('Everywhere', GLOBAL_FLAGS),
    'Example:',
    `  ${command.example}`,
    '',
  ].join('\n');
}

function section(title: string, flags: readonly Flag[]): string[] {
  if (flags.length === 0) return [];
  const rows = flags.map(
    (flag) => [`--${flag.name}${flag.value ? ` ${flag.value}` : ''}`, flag.help] as const,
  );
  return [`${title}:`, ...columns(rows), ''];
}

function overview(program: string, commands: readonly Command[]): string {
  const rows = commands.map((command) => [command.name, command.summary] as const);
  return [
    `Usage: ${program} COMMAND [options]`,
    '',
    ...columns(rows),
    '',
    'See homeport COMMAND --help for one of them.',
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
