/** RFC 5322 section 3.6.6: a message that came is passed on as it is, and says above everything who did that. */
import type { Person } from '../../shared/domain';
import { type ComposedMessage, DRAFT_HEADER, peopleLines } from './compose-message';
import { formatDate } from './format-date';
import { withLineEnds } from './line-ends';
import { addressNeedsUtf8 } from './wire-address';
import { withoutFields } from './without-fields';

export interface ResendInput {
  /** Of the resending, with angle brackets; the message keeps its own. */
  readonly messageId: string;
  /** Milliseconds UTC. */
  readonly date: number;
  /** IANA zone the date is written in. */
  readonly zone: string;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
}

/** Blind copies, of this resending or left over in a message of one's own, are in what is filed and never transmitted. */
const PRIVATE = ['Bcc', 'Resent-Bcc', DRAFT_HEADER];

/** @param source of the message as it came; not a byte of it changes, so that its signatures still hold */
export function resendMessage(source: Uint8Array, input: ResendInput): ComposedMessage {
  const { from, to, cc, bcc } = input;
  const people = peopleLines([
    ['Resent-From', [from]],
    ['Resent-To', to],
    ['Resent-Cc', cc],
    ['Resent-Bcc', bcc],
  ]);
  const [date, id] = [formatDate(input.date, input.zone), input.messageId];
  const head = Buffer.from(`Resent-Date: ${date}\r\n${people}Resent-Message-ID: ${id}\r\n`);
  const filed = Buffer.concat([head, withLineEnds(source)]);
  return {
    transmitted: withoutFields(filed, PRIVATE),
    filed,
    needsUtf8: [from, ...to, ...cc, ...bcc].some(({ address }) => addressNeedsUtf8(address)),
  };
}
