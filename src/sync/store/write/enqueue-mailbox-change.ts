import type { AccountId, ChangeId, GestureId, MailboxId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { formatArgs, type MailboxArgs } from '../pending-args';
import {
  leavingChanges,
  type OpenMailboxChange,
  openMailboxChanges,
  screenMailboxes,
} from '../read/mailbox-screen';
import { getMailbox, type MailboxRow } from '../read/mailboxes';
import { childPath } from '../replay-mailboxes';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { finishChange } from './finish-change';
import { insertChange } from './insert-change';

const NEEDED = readSql<{ change_id: number }>(
  'SELECT change_id FROM pending_needs WHERE needs_id = ? LIMIT 1',
);
const SET_CREATION = writeSql('UPDATE pending_changes SET args_json = ? WHERE id = ?');
const SET_PLACE = writeSql('UPDATE mailboxes SET parent_id = ?, name = ?, path = ? WHERE id = ?');

export interface MailboxEnqueue {
  readonly accountId: AccountId;
  readonly gestureId: GestureId;
  token(): string;
  /** Milliseconds UTC: not sent before, so that it can be taken back. */
  readonly notBefore?: number;
}

/**
 * Puts a change of a mailbox into the queue. What has not been sent is merged (SYNC-234): a second name takes the place
 * of the first, a name given back leaves nothing, a mailbox not yet created is created under its last name. Two changes
 * commute unless the path of one lies in that of the other; then the later one waits for the earlier one (SYNC-232).
 * Answers the rows that carry the wish now; none when the server has it so already.
 */
export function enqueueMailboxChange(tx: WriteTx, context: MailboxEnqueue, args: MailboxArgs): ChangeId[] {
  const { db } = tx;
  tx.log(COLLECTIONS.mailboxes, args.mailboxId, 'change');
  const open = openMailboxChanges(db, context.accountId);
  if (args.kind === 'rename-mailbox') {
    const creation = open.find(
      (one) => one.untouched && one.args.kind === 'create-mailbox' && one.args.mailboxId === args.mailboxId,
    );
    if (creation) return [renameUncreated(tx, creation, args)];
  }
  if (args.kind === 'rename-mailbox' || args.kind === 'subscribe-mailbox') {
    const others = open.filter((one) => one.args.mailboxId === args.mailboxId && one.args.kind === args.kind);
    const last = others.at(-1);
    const mayMerge = last?.untouched && !prepared(db, NEEDED).get(last.id);
    if (last && mayMerge) finishChange(tx, last.id, 'replaced', null);
    if ((!last || (mayMerge && others.length === 1)) && isFact(tx, args)) return [];
  }
  const rest = openMailboxChanges(db, context.accountId);
  const needs = related(tx, context.accountId, args, rest);
  if (args.kind === 'delete-mailbox')
    for (const id of leavingChanges(db, args.mailboxId).keys()) needs.add(id);
  return insertChange(tx, { ...context, args, source: 0, messageIds: [], needs: [...needs] });
}

/** The server says so already. */
function isFact(tx: WriteTx, args: MailboxArgs): boolean {
  const fact = getMailbox(tx.db, args.mailboxId);
  if (!fact || fact.remoteKey === '') return false;
  if (args.kind === 'subscribe-mailbox') return fact.subscribed === args.subscribed;
  return args.kind === 'rename-mailbox' && fact.parentId === args.parentId && fact.name === args.name;
}

function renameUncreated(
  tx: WriteTx,
  creation: OpenMailboxChange,
  { mailboxId, parentId, name }: Extract<MailboxArgs, { kind: 'rename-mailbox' }>,
): ChangeId {
  const mailbox = getMailbox(tx.db, mailboxId);
  const parent = parentId === null ? null : getMailbox(tx.db, parentId);
  const path = childPath(parent, name, mailbox?.delimiter ?? null);
  prepared(tx.db, SET_PLACE).run(parentId, name, path, mailboxId);
  if (creation.args.kind === 'create-mailbox')
    prepared(tx.db, SET_CREATION).run(
      formatArgs({ ...creation.args, path: mailbox?.delimiter ? path.split(mailbox.delimiter) : [path] }),
      creation.id,
    );
  tx.log(COLLECTIONS.pending, creation.id, 'change');
  return creation.id;
}

/** Earlier changes whose mailbox lies above, below or in the way of this one, now, before or afterwards. */
function related(
  tx: WriteTx,
  accountId: AccountId,
  args: MailboxArgs,
  open: readonly OpenMailboxChange[],
): Set<number> {
  const screen = new Map(screenMailboxes(tx.db, accountId).map((row) => [row.id, row]));
  const own = pathsOf(tx, args, screen);
  return new Set(
    open
      .filter(
        (one) =>
          one.args.mailboxId === args.mailboxId ||
          (args.kind !== 'subscribe-mailbox' &&
            one.args.kind !== 'subscribe-mailbox' &&
            pathsOf(tx, one.args, screen).some((path) => own.some((other) => overlap(path, other)))),
      )
      .map(({ id }) => id),
  );
}

interface Place {
  readonly path: string;
  readonly delimiter: string | null;
}

function pathsOf(tx: WriteTx, args: MailboxArgs, screen: ReadonlyMap<MailboxId, MailboxRow>): Place[] {
  const fact = getMailbox(tx.db, args.mailboxId);
  const shown = screen.get(args.mailboxId);
  const places: Place[] = [fact, shown].filter((row) => row !== null && row !== undefined);
  if (args.kind === 'rename-mailbox') {
    const parent = args.parentId === null ? null : (screen.get(args.parentId) ?? null);
    const delimiter = fact?.delimiter ?? null;
    places.push({ path: childPath(parent, args.name, delimiter), delimiter });
    if (parent) places.push(parent);
  }
  return places;
}

function overlap(one: Place, other: Place): boolean {
  if (one.path === other.path) return true;
  const isIn = (inner: Place, outer: Place): boolean =>
    outer.delimiter !== null && inner.path.startsWith(`${outer.path}${outer.delimiter}`);
  return isIn(one, other) || isIn(other, one);
}
