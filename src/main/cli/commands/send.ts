import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ATTACHMENT_CHUNK_BYTES,
  type DraftView,
  type IdentityView,
} from '../../../shared/contract/compose-views';
import type { FailureView } from '../../../shared/contract/views';
import type { OutboxId, Person } from '../../../shared/domain';
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { Arguments, Command, CommandContext, CommandResult } from '../command';
import { mediaTypeOf } from '../media-type';
import type { Session } from '../session';
import { usage } from '../usage';
import { parseTime } from '../when';

/** A command that brought its own engine stays so long at most for the message to leave; then the outbox keeps it. */
const LEAVE_WITHIN_MS = 20_000;
/** What is later than this is not sent before a person was asked (SYNC-288). */
const LATE_MS = 24 * 60 * 60_000;
const LOOK_EVERY_MS = 100;

/** CLI-033: sends through the same door as the window. */
export const send: Command = {
  name: 'send',
  summary: 'Send a message',
  flags: [
    { name: 'from', value: 'IDENTITY', help: 'Your address, or the number of one of your senders' },
    { name: 'to', value: 'A', many: true, help: 'Recipient: address or "Name <address>"' },
    { name: 'cc', value: 'A', many: true, help: 'Gets a copy' },
    { name: 'bcc', value: 'A', many: true, help: 'Gets a copy nobody else sees' },
    { name: 'subject', value: 'S', help: 'Subject' },
    { name: 'text', value: 'F', help: 'File with the text; - reads standard input' },
    { name: 'html', value: 'F', help: 'File with the text as HTML; - reads standard input' },
    { name: 'attach', value: 'F', many: true, help: 'File to attach' },
    { name: 'at', value: 'TIME', help: 'Not before, ISO 8601 with zone, for example 2026-05-04T08:00Z' },
    { name: 'eml', value: 'F', help: 'Send this message file as it is instead' },
  ],
  example: 'homeport send --from me@example.org --to you@example.org --subject Hello --text hello.txt',
  run,
};

async function run(args: Arguments, context: CommandContext): Promise<CommandResult> {
  const at = parseTime(args.get('at'));
  if (!at.ok) return at;
  if (at.value !== null && at.value < Date.now() - LATE_MS)
    return usage('--at is a time long past.', 'Leave it out to send now.');
  const own = ['to', 'cc', 'bcc', 'subject', 'text', 'html', 'attach'].find((flag) => args.has(flag));
  if (args.has('eml') && own !== undefined)
    return usage(`--${own} does not go with --eml.`, 'The message file says everything itself.');
  if (!args.has('eml') && args.all('to').length + args.all('cc').length + args.all('bcc').length === 0)
    return usage('There is nobody to send it to.', 'Give --to A.');
  if (args.has('text') && args.has('html'))
    return usage('--text does not go with --html.', 'Give one of them.');
  const session = await context.open('network');
  if (!session.ok) return session;
  const sent = args.has('eml')
    ? await sendFile(args, session.value, at.value)
    : await sendWritten(args, session.value, at.value);
  if (!sent.ok) return sent;
  const state = await untilItLeaves(session.value, sent.value, context.signal, at.value !== null);
  const submissionId = String(sent.value);
  return ok({ kind: 'data', json: { submissionId, state }, text: `${submissionId}\t${state}` });
}

async function sendFile(
  args: Arguments,
  session: Session,
  later: number | null,
): Promise<Outcome<OutboxId, FailureView>> {
  const file = await readInput(args.get('eml') ?? '');
  if (!file) return usage('The message file cannot be read.', 'Check --eml.');
  const identity = args.has('from') ? await findIdentity(session, args.get('from') ?? '') : ok(null);
  if (!identity.ok) return identity;
  const put = await putAllButTheLast(session, file);
  if (!put.ok) return put;
  const sent = await session.call('outbox.submitSource', {
    identityId: identity.value?.id ?? null,
    base64: file.subarray(put.value.length).toString('base64'),
    uploadId: put.value.uploadId,
    later,
  });
  return sent.ok ? ok(sent.value.outboxId) : sent;
}

/** A large file goes in pieces; the last one, often the only one, goes with the word to send it. */
async function putAllButTheLast(
  session: Session,
  file: Buffer,
): Promise<Outcome<{ readonly uploadId: string | undefined; readonly length: number }, FailureView>> {
  const uploadId = file.length > ATTACHMENT_CHUNK_BYTES ? randomBytes(16).toString('hex') : undefined;
  let offset = 0;
  for (
    ;
    uploadId !== undefined && file.length - offset > ATTACHMENT_CHUNK_BYTES;
    offset += ATTACHMENT_CHUNK_BYTES
  ) {
    const base64 = file.subarray(offset, offset + ATTACHMENT_CHUNK_BYTES).toString('base64');
    const put = await session.call('outbox.putSource', { uploadId, offset, base64 });
    if (!put.ok) return put;
  }
  return ok({ uploadId, length: offset });
}

async function sendWritten(
  args: Arguments,
  session: Session,
  later: number | null,
): Promise<Outcome<OutboxId, FailureView>> {
  const identity = await findIdentity(session, args.get('from') ?? '');
  if (!identity.ok) return identity;
  const name = args.get('html') ?? args.get('text');
  const text = name === null ? Buffer.alloc(0) : await readInput(name);
  if (!text) return usage('The text cannot be read.', 'Check --text or --html.');
  const files: { filename: string; bytes: Buffer }[] = [];
  for (const path of args.all('attach')) {
    const bytes = await readFile(path).catch(() => null);
    if (!bytes) return usage(`The file ${path} cannot be read.`, 'Check --attach.');
    files.push({ filename: basename(path), bytes });
  }
  const begun = await session.call('drafts.create', {
    kind: 'new',
    messageId: null,
    accountId: identity.value.accountId,
    selection: null,
    quick: false,
    mailto: null,
  });
  if (!begun.ok) return begun;
  const sent = await fillAndSend(
    args,
    session,
    begun.value,
    identity.value,
    text.toString('utf8'),
    files,
    later,
  );
  // What was refused leaves no draft behind: the caller has everything it takes to try again.
  if (!sent.ok) await session.call('drafts.discard', { draftId: begun.value.id });
  return sent;
}

async function fillAndSend(
  args: Arguments,
  session: Session,
  draft: DraftView,
  identity: IdentityView,
  body: string,
  files: readonly { filename: string; bytes: Buffer }[],
  later: number | null,
): Promise<Outcome<OutboxId, FailureView>> {
  const draftId = draft.id;
  for (const { filename, bytes } of files) {
    const mediaType = mediaTypeOf(filename);
    const attached = await session.call('drafts.attach', {
      draftId,
      filename,
      mediaType,
      size: bytes.length,
      inline: false,
    });
    if (!attached.ok) return attached;
    for (let offset = 0; offset < bytes.length; offset += ATTACHMENT_CHUNK_BYTES) {
      const base64 = bytes.subarray(offset, offset + ATTACHMENT_CHUNK_BYTES).toString('base64');
      const put = await session.call('drafts.putBytes', { attachmentId: attached.value.id, offset, base64 });
      if (!put.ok) return put;
    }
  }
  const saved = await session.call('drafts.save', {
    draftId,
    baseRevision: draft.revision,
    content: {
      ...draft.content,
      identityId: identity.id,
      to: args.all('to').map(person),
      cc: args.all('cc').map(person),
      bcc: args.all('bcc').map(person),
      subject: args.get('subject') ?? '',
      format: args.has('html') ? 'html' : 'text',
      body,
    },
  });
  if (!saved.ok) return saved;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const sent = await session.call('drafts.send', {
    draftId,
    revision: saved.value.revision,
    undoSeconds: 0,
    later: later === null ? null : { at: later, zone },
  });
  return sent.ok ? ok(sent.value.outboxId) : sent;
}

/** An engine that was started for this command ends with it: the message is given the time to leave. */
async function untilItLeaves(
  session: Session,
  outboxId: OutboxId,
  signal: AbortSignal,
  later: boolean,
): Promise<string> {
  const until = performance.now() + LEAVE_WITHIN_MS;
  for (;;) {
    const listed = await session.call('outbox.list', {});
    const entry = listed.ok ? listed.value.find(({ id }) => id === outboxId) : undefined;
    const state = entry?.state ?? 'done';
    const goesOn = state === 'submitting' || (state === 'queued' && entry?.failure === null);
    if (later || !session.own || !goesOn || signal.aborted || performance.now() > until) return state;
    await sleep(LOOK_EVERY_MS);
  }
}

async function findIdentity(session: Session, text: string): Promise<Outcome<IdentityView, FailureView>> {
  const identities = await session.call('identities.list', {});
  if (!identities.ok) return identities;
  const wanted = text.toLowerCase();
  const found = identities.value.filter(
    ({ id, address }) => text === '' || String(id) === text || address.toLowerCase() === wanted,
  );
  const [first] = found;
  if (first === undefined)
    return fail({
      kind: 'not-found',
      message: `There is no sender ${text}.`,
      hint: 'See homeport account list.',
    });
  return ok(found.find(({ isDefault }) => isDefault) ?? first);
}

function person(text: string): Person {
  const named = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(text);
  if (!named) return { name: '', address: text.trim() };
  return { name: (named[1] ?? '').replace(/^"(.*)"$/, '$1'), address: (named[2] ?? '').trim() };
}

/** A file, or standard input where its name is `-`; null when it cannot be read. */
async function readInput(name: string): Promise<Buffer | null> {
  if (name !== '-') return readFile(name).catch(() => null);
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces);
}
