import type { FailureView, HistoryEntry, MessageView } from '../../../shared/contract/views';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { ContentPart } from '../../content/content-part';
import type { Arguments, Command, CommandResult } from '../command';
import { findMessage, mailboxesById, parseCount } from '../lookup';
import type { Session } from '../session';
import { historyRow, isoDate, messageRow } from '../shapes';
import { usage } from '../usage';

/** CLI-031. */
export const show: Command = {
  name: 'show',
  summary: 'Show a message; its text, HTML, source or one attachment as they are',
  words: 'ID',
  least: 1,
  most: 1,
  flags: [
    { name: 'source', help: 'Every byte as the server has it' },
    { name: 'text', help: 'Only the text' },
    { name: 'html', help: 'Only the HTML, as sent' },
    { name: 'history', help: 'Who did what with it in the last 30 days, newest first' },
    { name: 'attachment', value: 'N', help: 'The bytes of attachment N, counted from 0' },
  ],
  example: 'homeport show 42 --source > message.eml',
  run: async (args, context) => {
    const forms = ['source', 'text', 'html', 'attachment', 'history'].filter((flag) => args.has(flag));
    if (forms.length > 1)
      return usage(`--${forms[0]} and --${forms[1]} exclude each other.`, 'Give one of them.');
    const session = await context.open(args.has('history') ? 'store' : 'network');
    if (!session.ok) return session;
    const message = await findMessage(session.value, args.words[0] ?? '');
    if (!message.ok) return message;
    if (args.has('history')) return showHistory(session.value, message.value);
    if (args.has('source')) return showSource(session.value, message.value);
    if (args.has('attachment')) return showAttachment(session.value, message.value, args);
    return showBody(session.value, message.value, args);
  },
};

/** SYNC-315. */
async function showHistory(session: Session, { id: messageId }: MessageView): Promise<CommandResult> {
  const history = await session.call('messages.history', { messageId });
  if (!history.ok) return history;
  const rows = history.value.map(historyRow);
  return ok({
    kind: 'data',
    json: { id: String(messageId), rows },
    text: history.value.map(historyLine).join('\n'),
  });
}

function historyLine(entry: HistoryEntry): string {
  const at = `${isoDate(entry.at)}  ${entry.origin}`;
  if (entry.kind === 'intent') return `${at}  ${entry.title} (${entry.state})`;
  const mailbox = entry.mailbox ?? 'a folder that no longer exists';
  switch (entry.what) {
    case 'came':
      return `${at}  came to ${mailbox}`;
    case 'left':
      return `${at}  left ${mailbox}`;
    case 'marks':
      return `${at}  marks changed in ${mailbox}`;
  }
}

async function showSource(session: Session, { id: messageId }: MessageView): Promise<CommandResult> {
  const requested = await session.call('source.request', { messageId });
  if (!requested.ok) return requested;
  if (requested.value.state === 'gone') return fail(goneFailure());
  return showBytes(session, messageId, { kind: 'source' });
}

async function showAttachment(
  session: Session,
  { id: messageId }: MessageView,
  args: Arguments,
): Promise<CommandResult> {
  const index = parseCount('attachment', args.get('attachment'), 0, 10_000);
  if (!index.ok) return index;
  const body = await session.call('messages.body', { messageId, charset: null });
  if (!body.ok) return body;
  const count = body.value?.attachments.length ?? Number.POSITIVE_INFINITY;
  if (index.value >= count) {
    return fail({
      kind: 'not-found',
      message: `The message has no attachment ${index.value}.`,
      hint: `It has ${count}; they are counted from 0.`,
    });
  }
  const requested = await session.call('attachments.request', { messageId, index: index.value });
  if (!requested.ok) return requested;
  if (requested.value.state === 'gone') return fail(goneFailure());
  if (requested.value.state === 'queued') return fail(offlineFailure());
  return showBytes(session, messageId, { kind: 'attachment', index: index.value });
}

async function showBytes(
  session: Session,
  messageId: MessageView['id'],
  part: ContentPart,
): Promise<CommandResult> {
  const content = await session.content({ messageId, part });
  if (!content.ok) return content;
  const { bytes, filename, mediaType } = content.value;
  const json = {
    id: String(messageId),
    filename,
    mediaType,
    encoding: 'base64',
    data: Buffer.from(bytes).toString('base64'),
  };
  return ok({ kind: 'bytes', bytes, json });
}

async function showBody(session: Session, message: MessageView, args: Arguments): Promise<CommandResult> {
  const here = await ensureBody(session, message);
  if (!here.ok) return here;
  const [body, mailboxes] = await Promise.all([
    session.call('messages.body', { messageId: message.id, charset: null }),
    mailboxesById(session),
  ]);
  if (!body.ok) return body;
  if (!mailboxes.ok) return mailboxes;
  if (body.value === null) return fail(goneFailure());
  const id = String(message.id);
  const text = body.value.segments.map((segment) => segment.text).join('\n');
  if (args.has('text')) return ok({ kind: 'data', json: { id, text }, text });
  const { html } = body.value;
  if (args.has('html')) {
    if (html === null)
      return fail({ kind: 'not-found', message: 'This message has no HTML.', hint: 'Use --text.' });
    return ok({ kind: 'data', json: { id, html }, text: html });
  }
  const attachments = body.value.attachments.map(({ index, filename, mediaType, size, inline, state }) => ({
    index,
    filename,
    mediaType,
    size,
    inline,
    state,
  }));
  const json = {
    ...messageRow(message, mailboxes.value),
    bcc: message.bcc,
    replyTo: message.replyTo,
    receivedAt: isoDate(message.receivedAt),
    text,
    hasHtml: html !== null,
    attachments,
  };
  return ok({ kind: 'data', json, text: forPeople(message, text, attachments) });
}

/** Bodies may still be at the server: fetched now, or, without a network, not shown at all (exit 4). */
async function ensureBody(session: Session, message: MessageView): Promise<Outcome<null, FailureView>> {
  if (message.body === 'here' || message.body === 'unreadable') return ok(null);
  const requested = await session.call('bodies.request', { messageId: message.id });
  if (!requested.ok) return requested;
  switch (requested.value.body) {
    case 'here':
      return ok(null);
    case 'queued':
      return fail(offlineFailure());
    case 'gone':
      return fail(goneFailure());
  }
}

function forPeople(
  message: MessageView,
  text: string,
  attachments: readonly { index: number; filename: string; size: number }[],
): string {
  const people = (list: MessageView['to']) =>
    list.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  return [
    `From: ${people(message.from)}`,
    `To: ${people(message.to)}`,
    ...(message.cc.length > 0 ? [`Cc: ${people(message.cc)}`] : []),
    `Date: ${isoDate(message.date)}`,
    `Subject: ${message.subject}`,
    ...attachments.map(({ index, filename, size }) => `Attachment ${index}: ${filename} (${size} bytes)`),
    '',
    text,
  ]
    .map((line) => line.replace(/(?![\n\t])\p{Cc}/gu, ''))
    .join('\n');
}

function goneFailure(): FailureView {
  return { kind: 'not-found', message: 'The server no longer has this message.' };
}

function offlineFailure(): FailureView {
  return {
    kind: 'offline',
    message: 'This is not on this computer yet, and the server cannot be reached.',
    hint: 'It is fetched when the network is back.',
  };
}
