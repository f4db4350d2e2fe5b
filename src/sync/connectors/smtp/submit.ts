/** One mail transaction (RFC 5321 section 3.3, SYNC-274 to 277): envelope, then all or nothing, then the message. */
import type { Failure } from '../../../shared/failure';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import { isSevenBit, toSevenBit } from '../../mime/seven-bit';
import { isAscii, toWireAddress } from '../../mime/wire-address';
import type { Submission, SubmitOptions, SubmitReport } from '../contract';
import { stuffedPieces, terminatorOf } from './dot-stuffing';
import { recipientRefusalOf, refusalOf, UNKNOWN_OUTCOME } from './failure-translation';
import { BLOCK_MS, COMMAND_MS, DATA_MS, ENVELOPE_MS, FINAL_REPLY_MS, RCPT_AHEAD } from './limits';
import type { Reply } from './reply';
import type { SmtpSession } from './session';

type Recipient = SubmitReport['recipients'][number];

/** On a session that is logged in. It is used for one message only. */
export async function submit(
  session: SmtpSession,
  submitted: Submission,
  options: SubmitOptions,
): Promise<Outcome<SubmitReport>> {
  const suited = suit(session, submitted);
  if ('result' in suited) return ok(suited);
  const submission = suited;
  const mail = await session.command(mailCommand(session, submission), ENVELOPE_MS);
  if (!mail.ok) return mail;
  if (mail.value.code !== 250) return refusal(refusalOf(mail.value));
  const named = await nameRecipients(session, submission);
  if (!named.ok) return named;
  const recipients = named.value;
  const refusedForGood = recipients.some(({ failure }) => failure !== null && failure.kind !== 'throttled');
  const nobody = recipients.every(({ failure }) => failure !== null);
  if (nobody || (refusedForGood && !options.sendToOthers)) {
    // Nothing was sent; the server is told, whatever it answers.
    await session.command('RSET', COMMAND_MS);
    const [first] = recipients;
    if (nobody && !refusedForGood && first?.failure) return fail(first.failure);
    return ok({ result: 'refused', recipients, queueText: '', failure: null });
  }
  options.onStage('envelope-ok');
  // Written again for a server of seven bits it is longer; progress is told of the message as it was handed in.
  const share = submitted.bytes.length / Math.max(1, submission.bytes.length);
  const told = { ...options, onProgress: (sent: number) => options.onProgress(sent * share) };
  return await transmit(session, submission, told, recipients);
}

async function nameRecipients(
  session: SmtpSession,
  submission: Submission,
): Promise<Outcome<readonly Recipient[]>> {
  const recipients: Recipient[] = [];
  const ahead = session.extensions.pipelining ? RCPT_AHEAD : 1;
  for (let at = 0; at < submission.to.length; at += ahead) {
    const group = submission.to.slice(at, at + ahead);
    for (const address of group) session.send(rcptCommand(session, submission, address));
    for (const address of group) {
      const reply = await session.reply(ENVELOPE_MS);
      if (!reply.ok) return reply;
      // 421 ends the connection, so it is no answer about this recipient.
      if (reply.value.code === 421) return fail(refusalOf(reply.value));
      recipients.push({ address, failure: isTaken(reply.value) ? null : recipientRefusalOf(reply.value) });
    }
  }
  return ok(recipients);
}

/** 251: the server forwards it. 252: it cannot know, and takes it. */
function isTaken({ code }: Reply): boolean {
  return code >= 250 && code <= 252;
}

async function transmit(
  session: SmtpSession,
  { bytes }: Submission,
  options: SubmitOptions,
  recipients: readonly Recipient[],
): Promise<Outcome<SubmitReport>> {
  const go = await session.command('DATA', DATA_MS);
  if (!go.ok) return go;
  if (go.value.code !== 354) return refusal(refusalOf(go.value));
  options.onStage('data-started');
  for (const { data, end } of stuffedPieces(bytes)) {
    if (!session.write(data)) await session.drained(BLOCK_MS);
    if (session.ended || session.spoke) break;
    options.onProgress(end);
  }
  // Without the terminator nothing counts as sent (RFC 5321 section 4.1.1.4).
  if (session.spoke) return await hungUp(session);
  if (session.ended) return fail(session.ended);
  // Committed before the last byte is given away: a crash in between must not look like "certainly not sent".
  options.onStage('terminator-handed-over');
  session.write(terminatorOf(bytes));
  const final = await session.reply(FINAL_REPLY_MS);
  if (!final.ok) return fail(UNKNOWN_OUTCOME);
  if (final.value.code === 250) {
    const queueText = `${final.value.enhanced ?? ''} ${final.value.text}`.trim();
    return ok({ result: 'accepted', recipients, queueText, failure: null });
  }
  // Another success makes no sense here, and nobody knows what it means.
  return final.value.code < 400 ? fail(UNKNOWN_OUTCOME) : refusal(refusalOf(final.value));
}

/** The server spoke in the middle of the message: whatever it is, it is no yes. */
async function hungUp(session: SmtpSession): Promise<Outcome<SubmitReport>> {
  const reply = await session.reply(COMMAND_MS);
  if (!reply.ok) return reply;
  const failure = refusalOf(reply.value);
  session.end(failure);
  return refusal(failure);
}

/** For now is a failure that is tried again; for good is an answer. */
function refusal(failure: Failure): Outcome<SubmitReport> {
  if (failure.kind !== 'rejected') return fail(failure);
  return ok({ result: 'refused', recipients: [], queueText: '', failure });
}

/** The submission as this server can take it, or why it cannot: known before a byte of the envelope (SYNC-274). */
function suit({ extensions }: SmtpSession, submission: Submission): Submission | SubmitReport {
  if (submission.needsUtf8 && !extensions.utf8) return addressesRefused(submission);
  // SMTPUTF8 servers have 8BITMIME as well (RFC 6531 section 3.1).
  const bytes = extensions.eightBit || extensions.utf8 ? submission.bytes : toSevenBit(submission.bytes);
  if (bytes === null) return refusedWith(EIGHT_BITS);
  const { maxBytes } = extensions;
  if (maxBytes === null || bytes.length <= maxBytes) return { ...submission, bytes };
  return refusedWith({
    kind: 'rejected',
    code: 'SIZE',
    message: `The message has ${megabytes(bytes.length)}, and the mail server takes ${megabytes(maxBytes)}.`,
    hint: 'Take out an attachment.',
  });
}

const EIGHT_BITS: Failure = {
  kind: 'rejected',
  code: '8BITMIME',
  message:
    'The mail server cannot take this message as it is, and to write it in another way would break its signature.',
  hint: 'Write it again in Homeport instead of sending the file.',
};

function addressesRefused({ from, to }: Submission): SubmitReport {
  const named = [from, ...to].map(toWireAddress).filter((address) => !isAscii(address));
  const failure: Failure = {
    kind: 'rejected',
    code: 'SMTPUTF8',
    message: `The mail server cannot send to addresses with special letters left of the @: ${named.join(', ') || 'in the header'}.`,
    hint: 'Ask for another address of the same person.',
  };
  return {
    ...refusedWith(failure),
    recipients: to.map((address) => ({
      address,
      failure: isAscii(toWireAddress(address)) ? null : failure,
    })),
  };
}

function refusedWith(failure: Failure): SubmitReport {
  return { result: 'refused', recipients: [], queueText: '', failure };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function mailCommand({ extensions }: SmtpSession, submission: Submission): string {
  const parameters = [
    ...(extensions.size ? [`SIZE=${submission.bytes.length}`] : []),
    ...(submission.needsUtf8 ? ['SMTPUTF8'] : []),
    ...(extensions.eightBit && !isSevenBit(submission.bytes) ? ['BODY=8BITMIME'] : []),
    // The headers come back, not the whole message (RFC 3461 section 4.3).
    ...(extensions.dsn && submission.dsn ? ['RET=HDRS', `ENVID=${xtext(submission.dsn.envid)}`] : []),
  ];
  return [`MAIL FROM:<${toWireAddress(submission.from)}>`, ...parameters].join(' ');
}

function rcptCommand({ extensions }: SmtpSession, { dsn }: Submission, address: string): string {
  const wire = toWireAddress(address);
  const notify = dsn?.notify.map((word) => word.toUpperCase()).join(',') || 'NEVER';
  // An address that is not ASCII has another type and another encoding (RFC 6533): left out, the server knows it.
  const original = isAscii(wire) ? [`ORCPT=rfc822;${xtext(wire)}`] : [];
  return [`RCPT TO:<${wire}>`, ...(extensions.dsn && dsn ? [`NOTIFY=${notify}`, ...original] : [])].join(' ');
}

/** RFC 3461 section 4: what is not printable, `+` and `=` as hexadecimal. */
function xtext(value: string): string {
  return value.replace(
    /[^!-*,-<>-~]/g,
    (char) => `+${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
