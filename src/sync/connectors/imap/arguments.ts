/** Builders for the arguments of commands. */
import { MAX_QUOTED_NAME } from './limits';
import { utf8OfKey } from './mailbox-name';
import type { Argument } from './wire';

export function atom(value: string): Argument {
  return { type: 'ATOM', value };
}

/** A UID set as text; made by formatRanges, so the library's own check never refuses it. */
export function uidSet(value: string): Argument {
  return { type: 'SEQUENCE', value };
}

export function quoted(value: string): Argument {
  return { type: 'STRING', value };
}

/** A mailbox by its wire name: quoted where the grammar and the length of a line allow, else as a literal (SYNC-035). */
export function mailbox(remoteKey: string): Argument {
  return { ...nameArgument(remoteKey), remoteKey };
}

/** The same command where UTF8=ACCEPT is enabled: names of mailboxes are UTF-8 (RFC 9755 3). */
export function withUtf8Names(args: readonly Argument[]): readonly Argument[] {
  return args.map((argument) => {
    if (!('type' in argument)) return withUtf8Names(argument);
    return argument.remoteKey === undefined ? argument : nameArgument(utf8OfKey(argument.remoteKey));
  });
}

function nameArgument(name: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters cannot be quoted
  const isText = /^[\u0001-\u0009\u000B\u000C\u000E-\u007F]*$/.test(name);
  return isText && name.length <= MAX_QUOTED_NAME
    ? ({ type: 'STRING', value: name } as const)
    : ({ type: 'LITERAL', value: Buffer.from(name, 'latin1') } as const);
}

/** BODY.PEEK[section]<from.length>: reading never sets \Seen (SYNC-052). */
export function peek(section: string, range?: { readonly from: number; readonly length: number }): Argument {
  return {
    type: 'ATOM',
    value: 'BODY.PEEK',
    section: section === '' ? [] : [atom(section)],
    ...(range ? { partial: [range.from, range.length] } : {}),
  };
}

export function peekFields(names: readonly string[]): Argument {
  return { type: 'ATOM', value: 'BODY.PEEK', section: [atom('HEADER.FIELDS'), names.map(atom)] };
}
