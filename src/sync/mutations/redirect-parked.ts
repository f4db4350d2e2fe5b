import type { MethodParsedInput } from '../../shared/contract/methods';
import type { MutationResult } from '../../shared/contract/mutation';
import type { GestureId, MailboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import type { Store } from '../store/open-store';
import { screenMailbox } from '../store/read/mailbox-screen';
import { getMailbox, listMailboxes, type MailboxRow } from '../store/read/mailboxes';
import { parkedMove } from '../store/read/pending';
import { createLocalMailbox, setCreatingChange } from '../store/write/created-mailbox';
import { insertGesture, recordSteps } from '../store/write/gestures';
import { insertChange } from '../store/write/insert-change';
import { redirectChange } from '../store/write/redirect-change';
import type { WriteTx } from '../store/write-tx';

const NOT_PARKED: Failure = { kind: 'not-found', message: 'This change no longer needs attention.' };
const NO_FOLDER: Failure = { kind: 'not-found', message: 'The folder does not exist any more.' };

/**
 * "Do something else" with a parked move (SYNC-242): its messages go to another mailbox of the account, or to the one
 * that is gone and is created again. One transaction and one gesture, which can be undone like any other. Fails with
 * 'not-found' when it is no parked move any more or the mailbox does not exist, 'invalid' for one that cannot hold it.
 */
export function redirectParked(
  store: Store,
  ports: Pick<Ports, 'random'>,
  { id, to }: MethodParsedInput<'pending.redirect'>,
): Outcome<MutationResult> {
  const parked = parkedMove(store.read, id);
  if (!parked) return fail(NOT_PARKED);
  const wanted = getMailbox(store.read, to.kind === 'mailbox' ? to.mailboxId : parked.toMailboxId);
  if (!wanted) return fail(NO_FOLDER);
  if (to.kind === 'mailbox' && !screenMailbox(store.read, wanted.id)) return fail(NO_FOLDER);
  if (!wanted.selectable) return fail({ kind: 'invalid', message: 'This folder cannot hold messages.' });
  if (wanted.accountId !== parked.accountId)
    return fail({ kind: 'invalid', message: 'Messages can be moved within one account only.' });
  return store.writeTx('user', (tx) => {
    const gestureId = ports.random.token(16) as GestureId;
    const token = (): string => ports.random.token(16);
    const toMailboxId = to.kind === 'mailbox' ? wanted.id : createAgain(tx, wanted, { gestureId, token });
    const steps = redirectChange(tx, id, toMailboxId, gestureId);
    if (!steps) return fail(NOT_PARKED);
    recordSteps(tx, insertGesture(tx, gestureId, { kind: 'move', toMailboxId, fromMailboxId: null }), steps);
    return ok({ gestureId, changeIds: [id], affected: steps.length });
  });
}

/** A living mailbox of that path (made again meanwhile, here or elsewhere), or a new one with its change. */
function createAgain(
  tx: WriteTx,
  { accountId, parentId, path, name, delimiter, role }: MailboxRow,
  gesture: { readonly gestureId: GestureId; token(): string },
): MailboxId {
  const mailboxes = listMailboxes(tx.db, accountId).filter(({ tombstonedAt }) => tombstonedAt === null);
  const living = mailboxes.find((mailbox) => mailbox.path === path && mailbox.selectable);
  if (living) return living.id;
  const mailboxId = createLocalMailbox(tx, {
    accountId,
    parentId: mailboxes.some(({ id }) => id === parentId) ? parentId : null,
    path,
    name,
    delimiter,
    role,
  });
  const [changeId] = insertChange(tx, {
    ...gesture,
    accountId,
    args: { kind: 'create-mailbox', mailboxId, path: delimiter ? path.split(delimiter) : [path], role },
    source: 0,
    messageIds: [],
  });
  if (changeId !== undefined) setCreatingChange(tx, mailboxId, changeId);
  return mailboxId;
}
