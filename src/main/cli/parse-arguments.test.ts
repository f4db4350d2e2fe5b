import { expect, test } from 'vitest';
import { COMMANDS } from './commands-table';
import { helpText } from './help';
import { parseArguments } from './parse-arguments';

const parse = (text: string) => parseArguments(text === '' ? [] : text.split(' '), COMMANDS);

test.each([
  ['account list --json', 'account list', []],
  ['--json --profile /p account list', 'account list', []],
  ['mutate keyword --add $seen --add $flagged 1 2', 'mutate keyword', ['1', '2']],
  ['show --attachment=0 7', 'show', ['7']],
  ['show 7 --source', 'show', ['7']],
  ['mutate move --to -x -- 7', 'mutate move', ['7']],
])('“%s” is understood', (text, name, words) => {
  const parsed = parse(text);
  expect(parsed).toMatchObject({ ok: true, value: { kind: 'run', command: { name }, args: { words } } });
});

test('values of flags are kept, also several', () => {
  const parsed = parse('mutate keyword --add a --remove=b --add c 1');
  if (!parsed.ok || parsed.value.kind !== 'run') throw new Error('not understood');
  const { args } = parsed.value;
  expect([args.all('add'), args.get('remove'), args.has('json')]).toEqual([['a', 'c'], 'b', false]);
  const twice = parse('list --limit 1 --limit 2');
  expect(twice.ok && twice.value.kind === 'run' && twice.value.args.get('limit')).toBe('2');
});

test.each([
  ['list --limt 3', 'Did you mean --limit?'],
  ['list --qqqqqqqq', 'See homeport list --help.'],
  ['lst', 'Did you mean “list”?'],
  ['account', 'One of: account add imap'],
  ['account add imap --email e', '--help'],
  ['list --limit', '--help'],
  ['list --json=yes', '--help'],
  ['undo', '--help'],
  ['undo 1 2', '--help'],
  ['search', '--help'],
  ['frobnicate hello', '--help'],
  ['--json', '--help'],
])('“%s” is a usage error with a way on', (text, hint) => {
  const parsed = parse(text);
  expect(parsed).toMatchObject({
    ok: false,
    failure: { kind: 'usage', hint: expect.stringContaining(hint) },
  });
});

test('APP-420 the help of every command fits a screen and has an example; unknown options name the nearest', () => {
  const overview = helpText([], COMMANDS);
  for (const command of COMMANDS) {
    expect(overview).toContain(command.name);
    const words = command.name.split(' ');
    expect(parse(`${command.name} --help`)).toEqual({ ok: true, value: { kind: 'help', topic: words } });
    const help = helpText(words, COMMANDS);
    expect(help.split('\n').length, command.name).toBeLessThanOrEqual(40);
    expect(
      help.split('\n').every((line) => line.length <= 130),
      command.name,
    ).toBe(true);
    expect(help).toContain(`Example:\n  homeport ${command.name}`);
    for (const flag of command.flags) {
      expect(help).toContain(`--${flag.name}`);
      const mistyped = flag.name.slice(0, -1);
      const parsed = parse(`${command.name} --${mistyped}`);
      const known = command.flags.some(({ name }) => name === mistyped);
      if (!known)
        expect(parsed).toMatchObject({
          ok: false,
          failure: { hint: expect.stringMatching(/Did you mean --/) },
        });
    }
  }
});

test('no command takes a secret as an argument', () => {
  const names = COMMANDS.flatMap(({ flags }) => flags.map(({ name }) => name));
  expect(
    names.filter((name) => /password|secret|token|passphrase/.test(name) && !/-(env|file)$/.test(name)),
  ).toEqual([]);
});
