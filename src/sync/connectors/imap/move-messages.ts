/** MOVE (RFC 6851), or COPY, \Deleted and UID EXPUNGE of exactly these messages (SYNC-102 to 104). */
import type { Failure } from '../../../shared/failure';
import { ok } from '../../../shared/outcome';
import type { PushAction, PushItemResult, PushReport, RemoteMessage, WireRecord } from '../contract';
import { mailbox, uidSet } from './arguments';
import { inBatches } from './bisect';
import { type CopyUid, readCopyUid } from './copy-uid';
import { removeMessages } from './delete-messages';
import { type Copies, findCopies } from './find-copies';
import { type LimitReached, readLimit } from './message-limit';
import { batchesOf, failedItems, goneItems, type PushRun, reportOf, selectForWrite } from './push-run';
import type { CommandResult } from './session';
import { findPresent } from './uid-facts';

type MoveAction = Extract<PushAction, { kind: 'move' }>;

export async function moveMessages(
  run: PushRun,
  action: MoveAction,
  wire: WireRecord,
): Promise<CommandResult<PushReport>> {
  const canMove = run.session.capabilities.move;
  // A COPY of an earlier attempt must not be made twice: look at the destination before selecting the source.
  const earlier = canMove ? ok(null) : await findCopies(run.session, action, wire);
  if (!earlier.ok) return earlier;
  const selected = await selectForWrite(run.session, action.remoteKey, action.messages);
  if (!selected.ok) return selected;
  const presence = await findPresent(run.session, action.messages);
  if (!presence.ok) return presence;
  const { present, gone } = presence.value;
  const moved = await inBatches(present, (set, messages) =>
    canMove ? move(run, action, set, messages) : copyAndRemove(run, action, messages, earlier.value),
  );
  return moved.ok ? ok(reportOf([...moved.value, ...goneItems(gone)])) : moved;
}

async function move(
  run: PushRun,
  action: MoveAction,
  set: string,
  messages: readonly RemoteMessage[],
): Promise<CommandResult<PushItemResult[]>> {
  return await transfer(run, 'UID MOVE', action.toRemoteKey, { set, messages });
}

/** One batch; a server that does only so many at a time is asked for the others again (RFC 9738, SYNC-132). */
async function transfer(
  run: PushRun,
  command: 'UID MOVE' | 'UID COPY',
  toRemoteKey: string,
  batch: { readonly set: string; readonly messages: readonly RemoteMessage[] },
): Promise<CommandResult<PushItemResult[]>> {
  const items: PushItemResult[] = [];
  let left = batch;
  for (;;) {
    const reply = await withCopyUid(run, command, toRemoteKey, left.set, left.messages.length);
    if (!reply.ok) {
      if (reply.error.kind === 'lost' || items.length === 0) return reply;
      return ok([...items, ...failedItems(left.messages, reply.error.failure)]);
    }
    const { copyUid, lowestUid } = reply.value;
    const isDone = ({ uid }: RemoteMessage) =>
      lowestUid === null || (copyUid ? copyUid.newUids.has(uid) : uid >= lowestUid);
    const done = left.messages.filter(isDone);
    const rest = left.messages.filter((message) => !isDone(message));
    items.push(...movedItems(done, copyUid));
    const [next] = batchesOf(rest);
    if (!next) return ok(items);
    if (done.length === 0) return ok([...items, ...failedItems(rest, NOT_ALL)]);
    left = next;
  }
}

const NOT_ALL: Failure = { kind: 'throttled', message: 'The mail server did not do this for all messages.' };

async function copyAndRemove(
  run: PushRun,
  action: MoveAction,
  messages: readonly RemoteMessage[],
  earlier: Copies | null,
): Promise<CommandResult<PushItemResult[]>> {
  const toCopy = messages.filter(({ uid }) => !earlier?.newUids.has(uid));
  const items: PushItemResult[] = messages.flatMap(({ uid }): PushItemResult[] => {
    const newUid = earlier?.newUids.get(uid);
    if (newUid === undefined) return [];
    return [{ uid, result: 'done', newUid, newUidValidity: earlier?.uidValidity ?? null }];
  });
  // What is left of a batch may be a longer set than the batch.
  for (const batch of batchesOf(toCopy)) {
    const copied = await transfer(run, 'UID COPY', action.toRemoteKey, batch);
    if (copied.ok) items.push(...copied.value);
    // Where nothing was copied yet the whole may be tried again in parts; otherwise that would copy twice.
    else if (copied.error.kind === 'lost' || items.length === 0) return copied;
    else items.push(...failedItems(batch.messages, copied.error.failure));
  }
  const arrived = new Set(items.flatMap((item) => (item.result === 'done' ? [item.uid] : [])));
  const removed = await removeMessages(
    run,
    messages.filter(({ uid }) => arrived.has(uid)),
  );
  // The copies are there: a refused removal leaves two, which is told, never one too few.
  if (removed.ok || removed.error.kind === 'lost') return removed.ok ? ok(items) : removed;
  return ok(failedItems(messages, removed.error.failure));
}

/** COPYUID may stand in an untagged or in the tagged OK, before or after the expunges (SYNC-102). */
async function withCopyUid(
  run: PushRun,
  command: 'UID MOVE' | 'UID COPY',
  toRemoteKey: string,
  set: string,
  count: number,
): Promise<CommandResult<{ readonly copyUid: CopyUid | null; readonly lowestUid: number | null }>> {
  let copyUid: CopyUid | null = null;
  let limit: LimitReached | null = null;
  const reply = await run.write(command, [uidSet(set), mailbox(toRemoteKey)], {
    onLine: (line) => {
      if (line.name === 'OK') copyUid = readCopyUid(line.status(), count) ?? copyUid;
      if (line.name === 'OK' || line.name === 'NO') limit = readLimit(line.status()) ?? limit;
    },
  });
  if (!reply.ok) return reply;
  const reached = readLimit(reply.value) ?? (limit as LimitReached | null);
  return ok({ copyUid: readCopyUid(reply.value, count) ?? copyUid, lowestUid: reached?.lowestUid ?? null });
}

/** Without COPYUID all were moved and the new UIDs are learned by the next pull. */
function movedItems(messages: readonly RemoteMessage[], copyUid: CopyUid | null): PushItemResult[] {
  return messages.map(({ uid }) => {
    const newUid = copyUid?.newUids.get(uid) ?? null;
    if (copyUid && newUid === null) return { uid, result: 'gone' };
    return { uid, result: 'done', newUid, newUidValidity: copyUid?.uidValidity ?? null };
  });
}
