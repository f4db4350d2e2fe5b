/** Read receipts (RFC 8098): whether one is wanted, and the message that says so (SYNC-292, 293). */
import MimeNode from 'nodemailer/lib/mime-node';
import type { Person } from '../../shared/domain';
import type { HeaderFacts } from '../../shared/observation';
import { sameAddress } from './answer';
import { answerSubject } from './answer-subject';
import { buildMessage, type ComposedMessage, nodeOptions } from './compose-message';
import { flow } from './flowed-text';
import { parsePersons } from './header-values';
import { toWireAddress } from './wire-address';

type RequestHeaders = Pick<
  HeaderFacts,
  | 'dispositionNotificationTo'
  | 'returnPath'
  | 'from'
  | 'listId'
  | 'autoSubmitted'
  | 'precedence'
  | 'contentType'
>;

export interface ReceiptRequest {
  readonly to: readonly Person[];
  /** The answer would go elsewhere than to where the message came from, or to several: it is always asked (SYNC-293). */
  readonly mismatch: boolean;
}

/**
 * Null where no receipt is wanted, or none may be sent: to mail of a list or of a machine, which nobody reads
 * (SYNC-292). Whether it was answered already (`$mdnsent`) is not known here. Without a Return-Path, From alone judges.
 */
export function receiptRequest(headers: RequestHeaders): ReceiptRequest | null {
  const returnPath = headers.returnPath ?? null;
  const wanted = parsePersons(headers.dispositionNotificationTo ?? '').filter(({ address }) =>
    address.includes('@'),
  );
  const [first] = wanted;
  if (!first || isAutomatic(headers) || returnPath?.trim() === '<>') return null;
  const origin =
    returnPath === null ? headers.from.map(({ address }) => address) : [returnPath.replace(/[<>\s]/g, '')];
  const mismatch = wanted.length > 1 || !origin.some((address) => sameAddress(address, first.address));
  return { to: wanted, mismatch };
}

/** RFC 3834 section 2: lists, bulk and what a machine wrote get no automatic answer. */
export function isAutomatic(
  headers: Pick<HeaderFacts, 'listId' | 'autoSubmitted' | 'precedence' | 'contentType'>,
): boolean {
  const submitted = headers.autoSubmitted?.trim().toLowerCase() ?? 'no';
  return (
    headers.listId !== null ||
    !/^no\b/.test(submitted) ||
    /^(bulk|list|junk)$/i.test(headers.precedence?.trim() ?? '') ||
    /^\s*multipart\/report\b/i.test(headers.contentType ?? '')
  );
}

export interface ReceiptInput {
  /** With angle brackets. */
  readonly messageId: string;
  /** Milliseconds UTC. */
  readonly date: number;
  /** IANA zone. */
  readonly zone: string;
  /** Whose mailbox the message was read in. */
  readonly from: Person;
  readonly to: readonly Person[];
  readonly original: Pick<HeaderFacts, 'subject' | 'messageId' | 'references' | 'date'>;
  /** False = by a policy of the user's, without being asked for this message. */
  readonly byHand: boolean;
}

/** What the program calls itself; nothing about the computer (RFC 8098 section 3.2.1). */
const REPORTING_PROGRAM = 'homeport; Homeport';

/**
 * The bytes of one receipt. Its envelope has no sender (`MAIL FROM:<>`), so that nothing answers it (RFC 8098 section 3).
 */
export async function composeReceipt(input: ReceiptInput): Promise<ComposedMessage> {
  const { original, from } = input;
  const parent = original.messageId === null ? [] : [`<${original.messageId}>`];
  const head = {
    messageId: input.messageId,
    date: input.date,
    zone: input.zone,
    from,
    replyTo: [],
    to: input.to,
    cc: [],
    bcc: [],
    subject: answerSubject('reply', original.subject).replace(/^Re:/, 'Read:'),
    inReplyTo: parent[0] ?? null,
    references: [...original.references.slice(-98).map((id) => `<${id}>`), ...parent],
    headers: [{ name: 'Auto-Submitted', value: 'auto-replied' }],
    draft: null,
  };
  const root = new MimeNode('multipart/report; report-type=disposition-notification', nodeOptions(head));
  root
    .createChild('text/plain; charset=utf-8; format=flowed')
    .setContent(
      flow(
        `Your message "${original.subject}" was displayed by ${from.name || from.address}.\n\n` +
          'This says that it was opened, not that it was read or understood.\n',
      ),
    );
  root.createChild('message/disposition-notification').setContent(report(input));
  return await buildMessage(root, head);
}

function report({ from, original, byHand }: ReceiptInput): string {
  const how = byHand ? 'manual-action/MDN-sent-manually' : 'automatic-action/MDN-sent-automatically';
  const lines = [
    `Reporting-UA: ${REPORTING_PROGRAM}`,
    `Final-Recipient: rfc822;${toWireAddress(from.address)}`,
    ...(original.messageId === null ? [] : [`Original-Message-ID: <${original.messageId}>`]),
    `Disposition: ${how}; displayed`,
  ];
  return `${lines.map((line) => line.replace(/[\r\n]/g, ' ')).join('\n')}\n`;
}
