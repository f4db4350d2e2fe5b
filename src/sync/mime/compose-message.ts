/** The bytes of a message of ours: the header, whatever its body is, and both together. */
import { createHash } from 'node:crypto';
import { encodeWord, foldLines, quoteString } from 'nodemailer/lib/mime-funcs';
import MimeNode, { type MimeNodeOptions } from 'nodemailer/lib/mime-node';
import type { Person } from '../../shared/domain';
import { bodyTree, type MessageBody } from './body-tree';
import { formatDate } from './format-date';
import { addressNeedsUtf8 } from './wire-address';
import { withoutFields } from './without-fields';

/** Tells revisions of one draft apart upstream; taken out before a message is frozen for sending (SYNC-272). */
export const DRAFT_HEADER = 'X-Homeport-Draft';

export interface MessageHead {
  /** With angle brackets (SYNC-271); an argument, so that the same input gives the same bytes. */
  readonly messageId: string;
  /** Milliseconds UTC. */
  readonly date: number;
  /** IANA zone the Date header is written in. */
  readonly zone: string;
  readonly from: Person;
  readonly replyTo: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly subject: string;
  /** With angle brackets; null = no answer. */
  readonly inReplyTo: string | null;
  /** With angle brackets. */
  readonly references: readonly string[];
  /** In this order, for instance Disposition-Notification-To, Importance, Auto-Submitted. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly draft: { readonly token: string; readonly revision: number } | null;
}

export interface ComposeInput extends MessageHead, MessageBody {}

export interface ComposedMessage {
  /** What is transmitted: no Bcc, no private header. CRLF, lines of at most 998 octets, 7 bit. */
  readonly transmitted: Uint8Array;
  /** What is filed: the same with Bcc, and the draft header where there is one. */
  readonly filed: Uint8Array;
  /** Some address has octets above 127 left of the @ (SYNC-274). */
  readonly needsUtf8: boolean;
}

/** Words longer than this are encoded, because a line can only be folded at a space (RFC 5322 2.1.1: 998 octets). */
const LONGEST_WORD = 200;
/** Where lines of the header are folded (RFC 5322 2.1.1 recommends 78). */
const FOLD_WIDTH = 76;
/** Room for the field's name on the first line: readers exist that keep the space of an early fold. */
const UNSTRUCTURED_WORD = 52;
/** Characters of one encoded word with its frame (RFC 2047 section 2). */
const ENCODED_WORD = 75;

/** The bytes of a message (SYNC-270..272, 294; RFC 5322, 2045..2049, 2231, 3676). */
export async function composeMessage(input: ComposeInput): Promise<ComposedMessage> {
  return await buildMessage(bodyTree(input, nodeOptions(input)), input);
}

/** How the tree of a message is made, so that the same input gives the same bytes and nothing is read from elsewhere. */
export function nodeOptions({ messageId, date }: MessageHead): MimeNodeOptions {
  return {
    // From the identity, which is random: nobody who wrote what is quoted could know it.
    baseBoundary: createHash('sha256').update(`${messageId}\n${date}`).digest('hex').slice(0, 32),
    boundaryPrefix: '=_',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** @param root of the tree, made with `nodeOptions` */
export async function buildMessage(root: MimeNode, head: MessageHead): Promise<ComposedMessage> {
  root.addHeader(headersOf(head));
  const lines = peopleLines([
    ['From', [head.from]],
    ['Reply-To', head.replyTo],
    ['To', head.to],
    ['Cc', head.cc],
    ['Bcc', head.bcc],
  ]);
  const filed = Buffer.concat([Buffer.from(lines), await root.build()]);
  const people = [head.from, ...head.replyTo, ...head.to, ...head.cc, ...head.bcc];
  return {
    transmitted: withoutFields(filed, ['Bcc', DRAFT_HEADER]),
    filed,
    needsUtf8: people.some(({ address }) => addressNeedsUtf8(address)),
  };
}

type Header = { key: string; value: unknown };

function headersOf(input: MessageHead): Parameters<MimeNode['addHeader']>[0] {
  const ids = input.references.filter((id) => id.length <= LONGEST_WORD * 2);
  const headers: Header[] = [
    { key: 'Date', value: formatDate(input.date, input.zone) },
    { key: 'Subject', value: unstructured(input.subject) },
    { key: 'Message-ID', value: input.messageId },
    ...(input.inReplyTo === null ? [] : [{ key: 'In-Reply-To', value: input.inReplyTo }]),
    ...(ids.length === 0 ? [] : [{ key: 'References', value: ids.join(' ') }]),
    ...input.headers.map(({ name, value }) => ({ key: name, value: unstructured(value) })),
    ...(input.draft === null
      ? []
      : [{ key: DRAFT_HEADER, value: `${input.draft.token} ${input.draft.revision}` }]),
    { key: 'MIME-Version', value: '1.0' },
  ];
  return headers as Parameters<MimeNode['addHeader']>[0];
}

/** Fields with people, those without any left out. By hand: the library would cut names into more encoded words. */
export function peopleLines(fields: readonly (readonly [name: string, people: readonly Person[]])[]): string {
  const lines = fields.flatMap(([name, listed]) => {
    const mailboxes = listed.filter(({ address }) => address.trim() !== '').map(mailbox);
    return mailboxes.length === 0 ? [] : [`${foldLines(`${name}: ${mailboxes.join(', ')}`, FOLD_WIDTH)}\r\n`];
  });
  return lines.join('');
}

/**
 * `Name <address>`. A name that is not ASCII becomes as few encoded words as can be, since readers exist that put a
 * space between two of them.
 */
function mailbox({ name, address }: Person): string {
  if (name === '') return MimeNode.encodeHeaderValue('To', [{ name, address }]);
  const isPlain = /^[\x20-\x7e]*$/.test(name) && name.length <= LONGEST_WORD;
  const phrase = isPlain ? quoteString(name) : encodeWord(name, 'B', ENCODED_WORD);
  // The library knows how an address is written; the name is a stand-in.
  const place = MimeNode.encodeHeaderValue('To', [{ name: 'x', address }]).slice('x'.length);
  return `${isPlain && /^[\w ]+$/.test(name) ? name : phrase}${place}`;
}

/** The library encodes what is not ASCII; a word too long for any line has to be encoded as well. */
function unstructured(value: string): unknown {
  const line = value.replace(/\s*[\r\n]+\s*/g, ' ').trim();
  if (!line.split(' ').some((word) => word.length > LONGEST_WORD)) return line;
  return { value: encodeWord(line, 'B', UNSTRUCTURED_WORD), prepared: true, foldLines: true };
}
