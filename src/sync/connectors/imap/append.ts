/**
 * APPEND (RFC 9051 6.3.12) of one message of our own, alone or in place of an older one (SYNC 7.3 "append" and "save
 * draft", SYNC-303): written down first, done once, looked for before it is repeated.
 */
import { fail, type Outcome, ok } from '../../../shared/outcome';
import type { AppendReport, AppendRequest, RemoteMessage, WireRecord } from '../contract';
import { atom, mailbox, quoted, uidSet } from './arguments';
import { removeMessages } from './delete-messages';
import { bareId, type FoundMessage, findIn, whyNot } from './find-messages';
import { keepsFlag, toFlag } from './keywords';
import { QUIET_MS, SLOWEST_UPLOAD_BYTES_PER_S } from './limits';
import { fetchStatus } from './mailbox-status';
import { refused } from './pull-failures';
import { PushRun, selectForWrite } from './push-run';
import type { ResponseLine, ServerStatus } from './response-line';
import type { CommandResult, ImapSession } from './session';
import { tokenDigits, tokenNumber } from './tokens';
import { findPresent } from './uid-facts';
import type { Argument } from './wire';

/** Where the mailbox stands; null where it does not exist, which the append tells by itself. */
export async function prepareAppend(
  session: ImapSession,
  request: AppendRequest,
): Promise<Outcome<WireRecord>> {
  const status = await fetchStatus(session, request.remoteKey);
  if (!status.ok && status.error.kind === 'lost') return fail(status.error.failure);
  return ok({ source: null, destination: status.ok ? status.value.status : null });
}

export async function append(
  session: ImapSession,
  request: AppendRequest,
  wire: WireRecord,
): Promise<Outcome<AppendReport>> {
  const run = new PushRun(session);
  return await run.report(await file(run, request, wire));
}

async function file(
  run: PushRun,
  request: AppendRequest,
  wire: WireRecord,
): Promise<CommandResult<AppendReport>> {
  const limit = appendLimit(run.session);
  if (limit !== null && request.source.length > limit) return refused(TOO_LARGE);
  const flags = await keptFlags(run.session, request);
  if (!flags.ok) return flags;
  const old = await present(run, request);
  if (!old.ok) return old;
  const message = [
    mailbox(request.remoteKey),
    flags.value.map(atom),
    quoted(formatInternalDate(request.receivedAt)),
    ...literal(run.session, request.source),
  ];
  const replacing = old.value !== null && run.session.advertised.has('REPLACE');
  let uid: AppendReport = NOT_TOLD;
  const onLine = (line: ResponseLine): void => {
    if (line.name === 'OK') uid = readAppendUid(line.status()) ?? uid;
  };
  const quietMs = QUIET_MS + Math.ceil((request.source.length / SLOWEST_UPLOAD_BYTES_PER_S) * 1000);
  const filed =
    replacing && old.value
      ? await run.write('UID REPLACE', [uidSet(`${old.value.uid}`), ...message], { onLine, quietMs })
      : await run.write('APPEND', message, { onLine, quietMs });
  if (!filed.ok) return filed;
  uid = readAppendUid(filed.value) ?? uid;
  if (old.value && !replacing) {
    const removed = await removeOld(run, request);
    if (!removed.ok) return removed;
  }
  if (uid.uid !== null) return ok(uid);
  const found = await look(run.session, request, wire);
  if (!found.ok) return found;
  return ok(found.value[0] ? toReport(found.value[0]) : NOT_TOLD);
}

/**
 * Finishes what was begun: copies of the same revision beyond the first go, and so does the message it was to replace.
 */
export async function probeAppend(
  session: ImapSession,
  request: AppendRequest,
  wire: WireRecord,
): Promise<Outcome<AppendReport | null>> {
  const found = await look(session, request, wire);
  if (!found.ok) {
    const failure = await whyNot(session, request.remoteKey, found.error);
    return failure ? fail(failure) : ok(null);
  }
  const [first, ...others] = found.value;
  if (!first) return ok(null);
  const run = new PushRun(session);
  if (others.length > 0 && request.draft) {
    const removed = await remove(run, request.remoteKey, others);
    if (!removed.ok) return fail(removed.error.failure);
  }
  const removed = await removeOld(run, request);
  return removed.ok ? ok(toReport(first)) : fail(removed.error.failure);
}

/** Copies that are there since the note was taken, in order of UID. */
async function look(
  session: ImapSession,
  request: AppendRequest,
  wire: WireRecord,
): Promise<CommandResult<readonly FoundMessage[]>> {
  const selected = await session.select(request.remoteKey, false);
  if (!selected.ok) return selected;
  const noted = wire.destination;
  // A rebuilt mailbox is looked at from its beginning: the note says nothing about it.
  const from = noted && noted.uidValidity === selected.value.uidValidity ? Math.max(1, noted.uidNext) : 1;
  const found = await findIn(session, from, 'MESSAGE-ID', request.messageId);
  if (!found.ok) return found;
  const { draft } = request;
  if (draft) {
    return ok(
      found.value.filter(
        (message) => message.draft?.token === draft.token && message.draft.revision === draft.revision,
      ),
    );
  }
  const wanted = bareId(request.messageId);
  const same = found.value.filter(({ messageId }) => messageId === wanted);
  // Servers may change line ends, so the size only decides between several.
  const exact = same.filter(({ size }) => size === request.source.length);
  return ok(exact.length > 0 ? exact : same);
}

/** The message to be replaced, where it is still there and still the same. */
async function present(run: PushRun, request: AppendRequest): Promise<CommandResult<RemoteMessage | null>> {
  const { replaces } = request;
  if (!replaces) return ok(null);
  const selected = await run.session.ensureSelected(request.remoteKey, true);
  if (!selected.ok) return selected.error.kind === 'refused' ? ok(null) : selected;
  if (!selected.value.writable || selected.value.uidValidity !== replaces.uidValidity) return ok(null);
  const presence = await findPresent(run.session, [replaces]);
  if (!presence.ok) return presence;
  return ok(presence.value.present[0] ?? null);
}

async function removeOld(run: PushRun, request: AppendRequest): Promise<CommandResult<null>> {
  const old = await present(run, request);
  if (!old.ok) return old;
  return old.value ? await remove(run, request.remoteKey, [old.value]) : ok(null);
}

/** What the server refuses to remove stays: the new message is there, and that is what counts. */
async function remove(
  run: PushRun,
  remoteKey: string,
  messages: readonly RemoteMessage[],
): Promise<CommandResult<null>> {
  const selected = await selectForWrite(run.session, remoteKey, messages);
  const removed = selected.ok ? await removeMessages(run, messages) : selected;
  return removed.ok || removed.error.kind === 'refused' ? ok(null) : removed;
}

/** Keywords the mailbox would forget are left out, system flags are known everywhere (SYNC-092). */
async function keptFlags(
  session: ImapSession,
  request: AppendRequest,
): Promise<CommandResult<readonly string[]>> {
  const flags = request.keywords.map(toFlag);
  if (flags.every((flag) => flag.startsWith('\\'))) return ok(flags);
  const selected = await session.ensureSelected(request.remoteKey, true);
  if (!selected.ok && selected.error.kind === 'lost') return selected;
  const kept = selected.ok ? selected.value.permanentFlags : [];
  return ok(flags.filter((flag) => flag.startsWith('\\') || keepsFlag(kept, flag)));
}

const NOT_TOLD: AppendReport = { uid: null, uidValidity: null };

const TOO_LARGE = {
  kind: 'rejected',
  code: 'LIMIT',
  message: 'The message is larger than the mail server keeps.',
} as const;

/** APPENDLIMIT (RFC 7889), in bytes; null where there is none, or every mailbox has its own. */
function appendLimit(session: ImapSession): number | null {
  for (const name of session.advertised) {
    const value = /^APPENDLIMIT=(\d{1,12})$/.exec(name)?.[1];
    if (Number(value) > 0) return Number(value);
  }
  return null;
}

function literal(session: ImapSession, source: Uint8Array): Argument[] {
  const value = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  // A header in UTF-8 is announced as such where that is enabled (RFC 9755 4).
  if (session.namesInUtf8 && hasForeignHeader(value))
    return [atom('UTF8'), [{ type: 'LITERAL', value, isLiteral8: true }]];
  const isLiteral8 = session.advertised.has('BINARY') && value.includes(0);
  return [{ type: 'LITERAL', value, ...(isLiteral8 ? { isLiteral8 } : {}) }];
}

function hasForeignHeader(source: Buffer): boolean {
  const end = source.indexOf('\r\n\r\n');
  return source.subarray(0, end < 0 ? source.length : end).some((byte) => byte > 0x7f);
}

function readAppendUid({ code, codeArguments }: ServerStatus): AppendReport | null {
  if (code !== 'APPENDUID') return null;
  const uidValidity = tokenDigits(codeArguments[0]);
  const uid = tokenNumber(codeArguments[1]);
  return uidValidity === null || uid === null ? null : { uid, uidValidity };
}

function toReport({ uid, uidValidity }: RemoteMessage): AppendReport {
  return { uid, uidValidity };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** '28-Nov-2026 13:50:27 +0000' of milliseconds UTC. */
function formatInternalDate(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day} ${clock} +0000`;
}
