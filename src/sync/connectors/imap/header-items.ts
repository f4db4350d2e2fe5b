/** The FETCH items of one header download (SYNC-052); reading never sets \Seen. */
import { atom, peekFields } from './arguments';
import type { ImapSession } from './session';
import type { Argument } from './wire';

/** The fields the list, threading, filters and the reader's header need; nothing else of a header is downloaded. */
export const HEADER_FIELDS = [
  'FROM',
  'SENDER',
  'REPLY-TO',
  'TO',
  'CC',
  'BCC',
  'SUBJECT',
  'DATE',
  'MESSAGE-ID',
  'IN-REPLY-TO',
  'REFERENCES',
  'LIST-ID',
  'LIST-UNSUBSCRIBE',
  'LIST-UNSUBSCRIBE-POST',
  'LIST-POST',
  'AUTO-SUBMITTED',
  'PRECEDENCE',
  'CONTENT-TYPE',
  'AUTHENTICATION-RESULTS',
  'IMPORTANCE',
  'X-PRIORITY',
  'DISPOSITION-NOTIFICATION-TO',
  'RETURN-PATH',
] as const;

export function headerItems(session: ImapSession): Argument[] {
  return [...factItems(session), atom('BODYSTRUCTURE'), peekFields(HEADER_FIELDS)];
}

/** Without anything a broken message can make unreadable: the second try of SYNC-060. */
export function factItems(session: ImapSession): Argument[] {
  const items = ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE'];
  if (session.selected?.highestModseq) items.push('MODSEQ');
  items.push(...identityItems(session));
  return items.map(atom);
}

/** The server's own names for a message and its thread (SYNC-052, SYNC-100). */
export function identityItems(session: ImapSession): string[] {
  if (session.advertised.has('OBJECTID')) return ['EMAILID', 'THREADID'];
  return session.quirks.labels === 'gmail' ? ['X-GM-MSGID', 'X-GM-THRID'] : [];
}
