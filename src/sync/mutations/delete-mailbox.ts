import type { MailboxChange, MailboxChangeResult } from '../../shared/contract/mailbox-change';
import type { AccountId, ChangeId, GestureId, MailboxId, MessageId, Origin } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ReadableDb } from '../store/handles';
import { messagesInMailbox } from '../store/read/list-messages';
import type { MailboxRow } from '../store/read/mailboxes';
import { messageScreen } from '../store/read/message-screens';
import { isBackfillComplete } from '../store/read/panels';
import { type GestureStep, insertGesture, recordSteps } from '../store/write/gestures';
import type { OpenRows } from '../store/write/insert-change';
import type { WriteTx } from '../store/write-tx';
import { type AccountSteps, addSteps, carryOut } from './carry-out';
import { carryOutMailboxSteps } from './carry-out-mailbox-steps';
import type { GestureCore } from './gesture-core';
import type { MailboxScene } from './plan-mailbox-change';
import { roleMailbox } from './role-mailbox';
import { runGesture } from './run-gesture';

/** A folder that is deleted is not sent before: time to think again, also for folders without mail (promise 3). */
const UNDO_MS = 10_000;

/**
 * Deletes a mailbox with all that lies in it: the messages move to the trash, then the mailboxes go, the innermost first,
 * each when nothing is left in it (adr 0120). Fails with 'invalid' for the inbox and for a trash with mail, 'conflict'
 * while some of its messages are not on this computer.
 */
export async function deleteMailbox(
  core: GestureCore,
  scene: MailboxScene,
  request: {
    readonly change: Extract<MailboxChange, { kind: 'delete' }>;
    readonly origin: Origin;
    readonly gestureId: GestureId;
  },
): Promise<Outcome<MailboxChangeResult>> {
  const { store, random } = core;
  const { change, origin, gestureId } = request;
  const doomed = innermostFirst(scene, change.mailboxId);
  const messageIds = new Map<MailboxId, readonly MessageId[]>(
    doomed.map(({ id }) => [id, messagesInMailbox(store.read, id)]),
  );
  const refused = refusal(store.read, scene, doomed, messageIds);
  if (refused) return fail(refused);

  const token = (): string => random.token(16);
  const openRows: OpenRows = new Map();
  const gesture = { gestureId, aim: 'mailbox', openRows, token } as const;
  const changeIds = new Set<ChangeId>();
  const ids = new Set<number>(doomed.map(({ id }) => id));
  const steps = doomed.map(({ id }) => ({ kind: 'delete', mailboxId: id }) as const);
  let seq: number | null = null;
  let affected = 0;

  const begin = (tx: WriteTx): number =>
    (seq ??= insertGesture(tx, gestureId, { kind: 'mailboxes', change, steps }));
  const finish = (tx: WriteTx): void => {
    const context = { ...scene, gestureId, token, notBefore: tx.nowMs + UNDO_MS };
    for (const id of carryOutMailboxSteps(tx, context, steps).changeIds) changeIds.add(id);
  };
  const all = [...new Set([...messageIds.values()].flat())];
  if (all.length === 0)
    store.writeTx(origin, (tx) => {
      begin(tx);
      finish(tx);
    });
  await runGesture(core, gestureId, all, (slice, part) => {
    const write = (tx: WriteTx): void => {
      const trash = roleMailbox(tx, scene, 'trash', gesture);
      const byAccount = new Map<AccountId, AccountSteps>();
      const moves: GestureStep[] = [];
      for (const messageId of slice) {
        const message = messageScreen(tx.db, messageId);
        const own = (message?.mailboxIds ?? [])
          .filter((from) => ids.has(from))
          .map((from) => ({ kind: 'move', messageId, from, to: trash }) as const);
        if (!message || own.length === 0) continue;
        moves.push(...own);
        addSteps(byAccount, message, own);
        affected++;
      }
      for (const id of carryOut(tx, byAccount, gesture)) changeIds.add(id);
      recordSteps(tx, begin(tx), moves);
      if (!part.more) finish(tx);
    };
    store.writeTx(origin, write, part);
  });
  return ok({ gestureId, changeIds: [...changeIds], mailboxId: change.mailboxId, affected });
}

/** A mailbox and all that lies in it, so that no other lies in one that comes before it. */
function innermostFirst({ rows }: MailboxScene, mailboxId: MailboxId): MailboxRow[] {
  const found: MailboxRow[] = [];
  const walk = (id: MailboxId): void => {
    for (const row of rows.values()) if (row.parentId === id) walk(row.id);
    const row = rows.get(id);
    if (row) found.push(row);
  };
  walk(mailboxId);
  return found;
}

function refusal(
  db: ReadableDb,
  { protocol }: MailboxScene,
  doomed: readonly MailboxRow[],
  messageIds: ReadonlyMap<MailboxId, readonly MessageId[]>,
): Failure | null {
  for (const mailbox of doomed) {
    if (mailbox.role === 'inbox') return { kind: 'invalid', message: 'The inbox cannot be deleted.' };
    const count = messageIds.get(mailbox.id)?.length ?? 0;
    if (mailbox.role === 'trash' && count > 0)
      return { kind: 'invalid', message: 'There is mail in the trash.', hint: 'Empty the trash first.' };
    const isHere = protocol === 'local' || mailbox.remoteKey === '' || isBackfillComplete(db, mailbox.id);
    if (mailbox.selectable && !isHere && (mailbox.serverTotal ?? 0) > 0)
      return {
        kind: 'conflict',
        message: `Some messages of “${mailbox.name}” are not on this computer yet.`,
        hint: 'Wait until everything is downloaded, then delete the folder.',
      };
  }
  return null;
}
