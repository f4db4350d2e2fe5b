import type { Mutation, MutationResult, MutationTarget } from '../../shared/contract/mutation';
import type { AccountId, ChangeId, GestureId, MailboxRole, Origin } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ReadableDb } from '../store/handles';
import { screenMailbox } from '../store/read/mailbox-screen';
import { getMailbox } from '../store/read/mailboxes';
import { messageScreen } from '../store/read/message-screens';
import { messageAccounts, threadMailboxes } from '../store/read/messages';
import { pendingCounts } from '../store/read/pending';
import { readScreenContext } from '../store/screen/screen-context';
import { type GestureStep, insertGesture, readGesture, recordSteps } from '../store/write/gestures';
import type { OpenRows } from '../store/write/insert-change';
import type { WriteTx } from '../store/write-tx';
import { type AccountSteps, addSteps, aimOf, carryOut, notBeforeOf } from './carry-out';
import { type GestureCore, TAKEN } from './gesture-core';
import { planSteps } from './plan-steps';
import { type ResolvedTarget, resolveTarget } from './resolve-target';
import { roleMailbox } from './role-mailbox';
import { runGesture } from './run-gesture';

export interface MutationRequest {
  readonly target: MutationTarget;
  readonly mutation: Mutation;
  readonly origin: Origin;
  /** Of the caller's making, for one that wants to follow or cancel the gesture; must be new. */
  readonly gestureId?: GestureId | undefined;
}

/** Rows one account's queue may hold; at the limit bulk gestures are refused, single ones never (SYNC-247). */
const QUEUE_LIMIT = 100_000;
const BULK_MESSAGES = 100;

/**
 * The one door for every change a user, device, rule or command asks for (SYNC-251): the effect on the screen and the
 * rows of the queue are one transaction (SYNC-230), per turn of a gesture over many messages, whose targets are those
 * of this instant (SYNC-252). A gesture that is cancelled answers what it has done. Fails with 'invalid' for what is
 * not allowed, 'not-found' for a destination that does not exist, 'conflict' for a gesture id that is taken, 'limit'
 * for a full queue; nothing to do is a success that affected 0.
 */
export async function applyMutation(
  core: GestureCore,
  request: MutationRequest,
): Promise<Outcome<MutationResult>> {
  const { store } = core;
  const { mutation, origin } = request;
  const gestureId = request.gestureId ?? (core.random.token(16) as GestureId);
  if (core.jobs.isRunning(gestureId) || readGesture(store.read, gestureId)) return fail(TAKEN);
  const target = resolveTarget(store.read, request.target, mutation.kind === 'keywords', core.clock.now());
  if (target === null) return fail(NOT_FROZEN);
  const refused = refuseDestination(store.read, mutation) ?? refuseMessages(store.read, mutation, target);
  if (refused) return fail(refused);

  const changeIds = new Set<ChangeId>();
  const openRows: OpenRows = new Map();
  let seq: number | null = null;
  let affected = 0;
  await runGesture(core, gestureId, target.messageIds, (messageIds, part, stop) => {
    // The server may have taken the folder away between two turns.
    if (refuseDestination(store.read, mutation)) return stop();
    const write = (tx: WriteTx): void => {
      const token = () => core.random.token(16);
      const notBefore = notBeforeOf(mutation, tx.nowMs);
      const gesture = { gestureId, aim: aimOf(mutation), openRows, notBefore, token };
      const planned = plan(tx, request, { ...target, messageIds }, gesture);
      if (planned.steps.length === 0) return;
      for (const id of carryOut(tx, planned.byAccount, gesture)) changeIds.add(id);
      seq ??= insertGesture(tx, gestureId, mutation);
      recordSteps(tx, seq, planned.steps);
      affected += planned.affected;
    };
    store.writeTx(origin, write, part);
  });
  if (
    (mutation.kind === 'delete' || mutation.kind === 'empty') &&
    affected === 0 &&
    messageAccounts(store.read, target.messageIds).size > 0
  )
    return fail(NOT_DELETABLE);
  return ok({ gestureId, changeIds: [...changeIds], affected });
}

const NOT_FROZEN: Failure = {
  kind: 'invalid',
  message: 'A search for pieces of words in texts has no whole result.',
  hint: 'Select the messages you mean, or search for whole words.',
};

const NOT_DELETABLE: Failure = {
  kind: 'invalid',
  message: 'Only messages in trash or junk can be deleted for good.',
  hint: 'Move them to the trash first.',
};

function plan(
  tx: WriteTx,
  { mutation, origin }: MutationRequest,
  target: ResolvedTarget,
  gesture: { readonly gestureId: GestureId; token(): string },
): { steps: GestureStep[]; byAccount: Map<AccountId, AccountSteps>; affected: number } {
  const { roleOf, isHidden } = readScreenContext(tx.db);
  const destinations = new Map<AccountId, number>();
  const steps: GestureStep[] = [];
  const byAccount = new Map<AccountId, AccountSteps>();
  let affected = 0;
  for (const messageId of target.messageIds) {
    const message = messageScreen(tx.db, messageId);
    if (!message) continue;
    const own = planSteps(message, mutation, {
      target,
      roleOf,
      isHidden,
      nowMs: tx.nowMs,
      inInbox: (id) => threadMailboxes(tx.db, id).some((mailboxId) => roleOf(mailboxId) === 'inbox'),
      deleteAnywhere: origin === 'cli',
      destination: () => {
        const known = destinations.get(message.accountId);
        if (known !== undefined) return known;
        const id = roleMailbox(tx, message, roleFor(mutation), gesture);
        destinations.set(message.accountId, id);
        return id;
      },
    });
    if (own.length === 0) continue;
    affected++;
    steps.push(...own);
    addSteps(byAccount, message, own);
  }
  return { steps, byAccount, affected };
}

function roleFor(mutation: Mutation): MailboxRole {
  switch (mutation.kind) {
    case 'archive':
    case 'trash':
    case 'junk':
      return mutation.kind;
    case 'not-junk':
    case 'wake':
      return 'inbox';
    case 'keywords':
    case 'move':
    case 'delete':
    case 'empty':
    case 'snooze':
    case 'unsnooze':
      throw new Error(`${mutation.kind} has no role as its aim`);
  }
}

function refuseDestination(db: ReadableDb, mutation: Mutation): Failure | null {
  if (mutation.kind !== 'move') return null;
  const mailbox = screenMailbox(db, mutation.toMailboxId);
  if (!mailbox) return { kind: 'not-found', message: 'The folder does not exist any more.' };
  if (!mailbox.selectable) return { kind: 'invalid', message: 'This folder cannot hold messages.' };
  return null;
}

function refuseMessages(
  db: ReadableDb,
  mutation: Mutation,
  { messageIds, seenInMailboxId }: ResolvedTarget,
): Failure | null {
  if (mutation.kind !== 'move' && messageIds.length < BULK_MESSAGES) return null;
  // What lies in one mailbox belongs to one account.
  const accountIds = messageAccounts(db, seenInMailboxId === null ? messageIds : messageIds.slice(0, 1));
  if (mutation.kind === 'move') {
    const accountId = getMailbox(db, mutation.toMailboxId)?.accountId;
    if ([...accountIds].some((id) => id !== accountId))
      return { kind: 'invalid', message: 'Messages can be moved within one account only.' };
  }
  if (messageIds.length < BULK_MESSAGES) return null;
  const full = [...accountIds].some((id) => pendingCounts(db, id).waiting >= QUEUE_LIMIT);
  return full
    ? {
        kind: 'limit',
        message: 'Too many changes are waiting for the server.',
        hint: 'Go online so that they can be sent, then try again.',
        bound: `${QUEUE_LIMIT} waiting changes`,
      }
    : null;
}
