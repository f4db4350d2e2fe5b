import type { Mutation, MutationResult, MutationTarget } from '../../shared/contract/mutation';
import type { AccountId, ChangeId, GestureId, MailboxRole, Origin } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { getMailbox } from '../store/read/mailboxes';
import { type MessageScreen, messageScreen } from '../store/read/message-screens';
import { pendingCounts } from '../store/read/pending';
import { readScreenContext } from '../store/screen/screen-context';
import { applyLocalSteps } from '../store/write/apply-local-steps';
import { enqueueSteps } from '../store/write/enqueue-steps';
import { type GestureStep, recordGesture } from '../store/write/gestures';
import type { WriteTx } from '../store/write-tx';
import { planSteps } from './plan-steps';
import { type ResolvedTarget, resolveTarget } from './resolve-target';
import { roleMailbox } from './role-mailbox';

export interface MutationRequest {
  readonly target: MutationTarget;
  readonly mutation: Mutation;
  readonly origin: Origin;
}

/** Rows one account's queue may hold; at the limit bulk gestures are refused, single ones never (SYNC-247). */
const QUEUE_LIMIT = 100_000;
const BULK_MESSAGES = 100;

/**
 * The one door for every change a user, device, rule or command asks for (SYNC-251): the effect on the screen and the
 * rows of the queue are one transaction (SYNC-230). Fails with 'invalid' for what is not allowed, 'not-found' for a
 * destination that does not exist, 'limit' for a full queue; nothing to do is a success that affected 0.
 */
export function applyMutation(
  store: Store,
  ports: Pick<Ports, 'random'>,
  request: MutationRequest,
): Outcome<MutationResult> {
  const { mutation, origin } = request;
  const gestureId = ports.random.token(16) as GestureId;
  const refused = refuseDestination(store, mutation);
  if (refused) return fail(refused);
  return store.writeTx(origin, (tx) => {
    const target = resolveTarget(tx.db, request.target, mutation.kind === 'keywords');
    const messages = target.messageIds.flatMap((id) => messageScreen(tx.db, id) ?? []);
    const problem = refuseMessages(tx, mutation, messages);
    if (problem) return fail(problem);
    const token = (): string => ports.random.token(16);
    const planned = plan(tx, request, target, messages, { gestureId, token });
    if (planned.steps.length === 0) {
      if (mutation.kind === 'delete' && messages.length > 0) return fail(NOT_DELETABLE);
      return ok({ gestureId, changeIds: [], affected: 0 });
    }
    const changeIds = carryOut(tx, planned.byAccount, { gestureId, aim: aimOf(mutation), token });
    recordGesture(tx, gestureId, origin, mutation, planned.steps);
    const affected = new Set(planned.steps.map(({ messageId }) => messageId)).size;
    return ok({ gestureId, changeIds, affected });
  });
}

const NOT_DELETABLE: Failure = {
  kind: 'invalid',
  message: 'Only messages in trash or junk can be deleted for good.',
  hint: 'Move them to the trash first.',
};

/** The steps of one account and whether a server has to hear of them. */
export interface AccountSteps {
  readonly protocol: MessageScreen['protocol'];
  readonly steps: GestureStep[];
}

function plan(
  tx: WriteTx,
  { mutation, origin }: MutationRequest,
  target: ResolvedTarget,
  messages: readonly MessageScreen[],
  gesture: { readonly gestureId: GestureId; token(): string },
): { steps: GestureStep[]; byAccount: Map<AccountId, AccountSteps> } {
  const { roleOf } = readScreenContext(tx.db);
  const destinations = new Map<AccountId, number>();
  const steps: GestureStep[] = [];
  const byAccount = new Map<AccountId, AccountSteps>();
  for (const message of messages) {
    const { accountId, protocol } = message;
    const own = planSteps(message, mutation, {
      target,
      roleOf,
      deleteAnywhere: origin === 'cli',
      destination: () => {
        const known = destinations.get(accountId);
        if (known !== undefined) return known;
        const id = roleMailbox(tx, message, roleFor(mutation), gesture);
        destinations.set(accountId, id);
        return id;
      },
    });
    if (own.length === 0) continue;
    steps.push(...own);
    const account = byAccount.get(accountId);
    if (account) account.steps.push(...own);
    else byAccount.set(accountId, { protocol, steps: [...own] });
  }
  return { steps, byAccount };
}

/** Local accounts change their facts at once, the others queue what the server must hear. */
export function carryOut(
  tx: WriteTx,
  byAccount: ReadonlyMap<AccountId, AccountSteps>,
  gesture: { readonly gestureId: GestureId; readonly aim: 'mailbox' | 'role'; token(): string },
): ChangeId[] {
  const changeIds: ChangeId[] = [];
  for (const [accountId, { protocol, steps }] of byAccount) {
    if (protocol === 'local') applyLocalSteps(tx, steps);
    else changeIds.push(...enqueueSteps(tx, { ...gesture, accountId }, steps));
  }
  return changeIds;
}

/** Archive, trash and junk aim at the destination wherever the message is meanwhile; a move means this mailbox. */
export function aimOf(mutation: Mutation): 'mailbox' | 'role' {
  return mutation.kind === 'move' ? 'mailbox' : 'role';
}

function roleFor(mutation: Mutation): MailboxRole {
  switch (mutation.kind) {
    case 'archive':
    case 'trash':
    case 'junk':
      return mutation.kind;
    case 'not-junk':
      return 'inbox';
    case 'keywords':
    case 'move':
    case 'delete':
      throw new Error(`${mutation.kind} has no role as its aim`);
  }
}

function refuseDestination(store: Store, mutation: Mutation): Failure | null {
  if (mutation.kind !== 'move') return null;
  const mailbox = getMailbox(store.read, mutation.toMailboxId);
  if (!mailbox || mailbox.tombstonedAt !== null)
    return { kind: 'not-found', message: 'The folder does not exist any more.' };
  if (!mailbox.selectable) return { kind: 'invalid', message: 'This folder cannot hold messages.' };
  return null;
}

function refuseMessages(tx: WriteTx, mutation: Mutation, messages: readonly MessageScreen[]): Failure | null {
  if (mutation.kind === 'move') {
    const accountId = getMailbox(tx.db, mutation.toMailboxId)?.accountId;
    if (messages.some((message) => message.accountId !== accountId))
      return { kind: 'invalid', message: 'Messages can be moved within one account only.' };
  }
  if (messages.length < BULK_MESSAGES) return null;
  const full = [...new Set(messages.map(({ accountId }) => accountId))].some(
    (accountId) => pendingCounts(tx.db, accountId).waiting >= QUEUE_LIMIT,
  );
  return full
    ? {
        kind: 'limit',
        message: 'Too many changes are waiting for the server.',
        hint: 'Go online so that they can be sent, then try again.',
        bound: `${QUEUE_LIMIT} waiting changes`,
      }
    : null;
}
