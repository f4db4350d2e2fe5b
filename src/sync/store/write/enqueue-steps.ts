import type { AccountId, ChangeId, GestureId, MailboxId } from '../../../shared/domain';
import { packKeywords } from '../keywords';
import { type PendingArgs, parseArgs } from '../pending-args';
import { type Intent, replay } from '../replay';
import { factsOf } from '../screen/facts-of';
import { prepared, readSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { finishPart, type HistoryTarget, removeChange } from './finish-change';
import type { ServerStep } from './gestures';
import { dropTarget, insertChange, type OpenRows } from './insert-change';

interface WaitingRecord {
  id: number;
  kind: string;
  args_json: string;
  state: 'waiting' | 'claimed' | 'probing' | 'parked';
  mailbox_id: number;
}

const PENDING_ON = readSql<WaitingRecord>(
  `SELECT c.id, c.kind, c.args_json, c.state, t.mailbox_id
   FROM pending_targets t JOIN pending_changes c ON c.id = t.change_id
   WHERE t.message_id = ? ORDER BY t.change_id`,
);
const TARGETS_LEFT = readSql<{ n: number }>('SELECT count(*) AS n FROM pending_targets WHERE change_id = ?');

export interface EnqueueContext {
  readonly accountId: AccountId;
  readonly gestureId: GestureId;
  /** Whether moves aim at the role and not at the mailbox (section 8). */
  readonly aim: 'mailbox' | 'role';
  /** Rows that earlier turns of the same gesture have begun. */
  readonly openRows: OpenRows;
  /** Milliseconds UTC before which nothing is sent; absent or 0 = at once. */
  readonly notBefore?: number;
  /** 128 random bits in hex. */
  token(): string;
}

/** Targets taken out of rows that waited, by change: a newer wish stands in their place. */
type Shrunk = Map<number, HistoryTarget[]>;

/** One row of the queue in the making: same arguments, same source mailbox. */
interface Group {
  readonly args: PendingArgs;
  readonly source: number;
  readonly messageIds: number[];
}

/**
 * Puts what a gesture wants into the queue. Waiting rows on the same message and field are merged into the new one, so
 * that read→unread→read leaves nothing, A→B→C becomes A→C and A→B→A leaves nothing (SYNC-234); what is already on the
 * wire is never touched: the new row goes behind it. A parked row about the same is replaced: the user has decided anew.
 */
export function enqueueSteps(tx: WriteTx, context: EnqueueContext, steps: readonly ServerStep[]): ChangeId[] {
  const groups = new Map<string, Group>();
  const shrunk: Shrunk = new Map();
  for (const step of steps) {
    tx.dirty.messages.add(step.messageId);
    const pending = prepared(tx.db, PENDING_ON).all(step.messageId);
    switch (step.kind) {
      case 'keywords':
        addKeywords(tx, step, pending, groups, shrunk);
        break;
      case 'move':
        addMove(tx, step, pending, context.aim, groups, shrunk);
        break;
      case 'delete':
        addDelete(tx, step, pending, groups, shrunk);
        break;
    }
  }
  for (const [id, targets] of shrunk) {
    finishPart(tx, id, targets, 'replaced');
    if (prepared(tx.db, TARGETS_LEFT).get(id)?.n === 0) removeChange(tx, id);
  }
  return [...groups.values()].flatMap(({ args, source, messageIds }) =>
    insertChange(tx, { ...context, args, source, messageIds }),
  );
}

function addKeywords(
  tx: WriteTx,
  step: Extract<ServerStep, { kind: 'keywords' }>,
  pending: readonly WaitingRecord[],
  groups: Map<string, Group>,
  shrunk: Shrunk,
): void {
  let add = step.add;
  let remove = step.remove;
  const merged = pending.filter(({ kind, state }) => kind === 'keywords' && isOpen(state));
  if (pending.length > 0) {
    const wanted = new Map<string, boolean>();
    for (const row of merged) {
      const args = parseArgs(row.kind, row.args_json);
      if (args?.kind !== 'keywords') continue;
      // A parked wish is off the screen: this gesture was not built on it and takes its place only about the same mark.
      if (row.state === 'waiting') collect(wanted, args);
      else if (!sharesKeyword(args, step)) continue;
      removeTarget(tx, row, step.messageId, shrunk);
    }
    collect(wanted, step);
    const has = new Set(settledKeywords(tx, step.messageId, pending).split(' '));
    add = [...wanted].filter(([keyword, on]) => on && !has.has(keyword)).map(([keyword]) => keyword);
    remove = [...wanted].filter(([keyword, on]) => !on && has.has(keyword)).map(([keyword]) => keyword);
  }
  if (add.length === 0 && remove.length === 0) return;
  const args: PendingArgs = { kind: 'keywords', add: add.toSorted(), remove: remove.toSorted() };
  put(groups, `keywords ${packKeywords(args.add)}|${packKeywords(args.remove)}`, args, 0, step.messageId);
}

function sharesKeyword(
  one: { readonly add: readonly string[]; readonly remove: readonly string[] },
  other: { readonly add: readonly string[]; readonly remove: readonly string[] },
): boolean {
  const named = new Set([...one.add, ...one.remove]);
  return [...other.add, ...other.remove].some((keyword) => named.has(keyword));
}

function collect(
  wanted: Map<string, boolean>,
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): void {
  for (const keyword of change.add) wanted.set(keyword, true);
  for (const keyword of change.remove) wanted.set(keyword, false);
}

/** Keywords as they will be once everything on the wire is done. */
function settledKeywords(tx: WriteTx, messageId: number, pending: readonly WaitingRecord[]): string {
  const onWire = pending
    .filter(({ state }) => state === 'claimed' || state === 'probing')
    .flatMap((row): Intent[] => {
      const args = parseArgs(row.kind, row.args_json);
      return args?.kind === 'keywords' ? [args] : [];
    });
  return replay(factsOf(tx.db, messageId), onWire, () => false).keywords;
}

function addMove(
  tx: WriteTx,
  step: Extract<ServerStep, { kind: 'move' }>,
  pending: readonly WaitingRecord[],
  aim: 'mailbox' | 'role',
  groups: Map<string, Group>,
  shrunk: Shrunk,
): void {
  const source = takeOverMove(tx, step.messageId, step.from, pending, shrunk);
  if (source === step.to) return;
  const args: PendingArgs = { kind: 'move', toMailboxId: step.to as MailboxId, aim };
  put(groups, `move ${source} ${step.to}`, args, source, step.messageId);
}

function addDelete(
  tx: WriteTx,
  step: Extract<ServerStep, { kind: 'delete' }>,
  pending: readonly WaitingRecord[],
  groups: Map<string, Group>,
  shrunk: Shrunk,
): void {
  const source = takeOverMove(tx, step.messageId, step.from, pending, shrunk);
  const copies = factsOf(tx.db, step.messageId).length;
  if (copies <= 1) {
    // With the last copy its marks go too (SYNC-234).
    for (const row of pending)
      if (row.kind === 'keywords' && isOpen(row.state)) removeTarget(tx, row, step.messageId, shrunk);
  }
  put(groups, `delete ${source}`, { kind: 'delete' }, source, step.messageId);
}

/** A waiting move that brought the message to `from` becomes part of the new one; answers where it really is. */
function takeOverMove(
  tx: WriteTx,
  messageId: number,
  from: number,
  pending: readonly WaitingRecord[],
  shrunk: Shrunk,
): number {
  let source = from;
  for (const row of pending.toReversed()) {
    const args = row.kind === 'move' ? parseArgs(row.kind, row.args_json) : null;
    if (row.state === 'parked' && (row.kind === 'move' || row.kind === 'delete') && row.mailbox_id === from)
      removeTarget(tx, row, messageId, shrunk);
    else if (row.state === 'waiting' && args?.kind === 'move' && args.toMailboxId === source) {
      removeTarget(tx, row, messageId, shrunk);
      source = row.mailbox_id;
    }
  }
  return source;
}

function removeTarget(tx: WriteTx, row: WaitingRecord, messageId: number, shrunk: Shrunk): void {
  dropTarget(tx, row.id, messageId, row.mailbox_id);
  const target: HistoryTarget = [messageId, row.mailbox_id];
  const targets = shrunk.get(row.id);
  if (targets) targets.push(target);
  else shrunk.set(row.id, [target]);
}

/** Not on the wire: may still be merged or replaced. */
function isOpen(state: WaitingRecord['state']): boolean {
  return state === 'waiting' || state === 'parked';
}

function put(
  groups: Map<string, Group>,
  key: string,
  args: PendingArgs,
  source: number,
  messageId: number,
): void {
  const group = groups.get(key);
  if (group) group.messageIds.push(messageId);
  else groups.set(key, { args, source, messageIds: [messageId] });
}
