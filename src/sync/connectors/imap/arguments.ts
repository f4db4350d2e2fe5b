/** Builders for the arguments of commands. */
import { MAX_QUOTED_NAME } from './limits';
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
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters cannot be quoted
  const isText = /^[\u0001-\u0009\u000B\u000C\u000E-\u007F]*$/.test(remoteKey);
  if (isText && remoteKey.length <= MAX_QUOTED_NAME) return quoted(remoteKey);
  return { type: 'LITERAL', value: Buffer.from(remoteKey, 'latin1') };
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
