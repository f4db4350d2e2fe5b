import type { Command } from './command';

/** Commands of the contract (cli.md) that this version does not have, by the words they begin with. */
const NOT_BUILT: readonly (readonly [words: string, what: string])[] = [
  ['device', 'It serves no phones yet.'],
  ['trace', 'It serves no phones yet.'],
  ['calendar', 'It keeps no calendars yet.'],
  ['addressbook', 'It keeps no contacts yet.'],
  ['collection', 'It keeps no calendars and contacts yet.'],
  ['import', 'It reads no other mail stores yet.'],
  ['export', 'It writes no other mail stores yet; homeport show ID --source gives one message.'],
  ['account add jmap', 'It speaks IMAP: homeport account add imap.'],
  ['account add caldav', 'It keeps no calendars yet.'],
  ['account add carddav', 'It keeps no contacts yet.'],
];

/** What to say to someone who types a command that is yet to come; null = it is here, or simply unknown. */
export function notBuilt(
  words: readonly string[],
  commands: readonly Command[],
): { readonly name: string; readonly what: string } | null {
  const found = NOT_BUILT.find(
    ([start]) =>
      start.split(' ').every((word, at) => words[at] === word) &&
      !commands.some(({ name }) => `${name} `.startsWith(`${start} `)),
  );
  return found === undefined ? null : { name: found[0], what: found[1] };
}
