import type {
  AccountId,
  ChangeId,
  GestureId,
  MailboxId,
  MessageId,
  Origin,
  PendingState,
} from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { UidRange } from '../../../shared/observation';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { ReadableDb } from '../handles';
import { type PendingArgs, parseArgs } from '../pending-args';
import { prepared, readSql } from '../sql';
import { pendingTitle } from './pending-title';

export interface PendingTarget {
  readonly messageId: MessageId;
  /** Source of a move or delete; null where the change does not concern one. */
  readonly mailboxId: MailboxId | null;
  /** The server has it nowhere now, but another client's move may still turn up (SYNC-089). */
  readonly orphaned: boolean;
}

interface ChangeFacts {
  readonly id: ChangeId;
  readonly accountId: AccountId;
  readonly targets: readonly PendingTarget[];
  readonly origin: Origin;
  readonly gestureId: GestureId;
  readonly token: string;
  readonly state: PendingState;
  /** The intent in words a person knows. */
  readonly title: string;
  readonly notBefore: number;
  readonly attempts: number;
  readonly firstFailureAt: number | null;
  readonly lastError: Failure | null;
  /** What was written down before the first byte left; null before the first claim. */
  readonly wire: unknown;
  readonly createdAt: number;
}

type ArgsOf<K extends PendingArgs['kind']> = Omit<Extract<PendingArgs, { kind: K }>, 'kind'>;

/** A change the engine can send, told apart by its kind. */
export type DueChange = ChangeFacts &
  (
    | { readonly kind: 'keywords'; readonly args: ArgsOf<'keywords'> }
    | { readonly kind: 'move'; readonly args: ArgsOf<'move'> }
    | { readonly kind: 'delete'; readonly args: ArgsOf<'delete'> }
    | { readonly kind: 'append'; readonly args: ArgsOf<'append'> }
    | { readonly kind: 'save-draft'; readonly args: ArgsOf<'save-draft'> }
    | { readonly kind: 'discard-draft'; readonly args: ArgsOf<'discard-draft'> }
    | { readonly kind: 'create-mailbox'; readonly args: ArgsOf<'create-mailbox'> }
    | { readonly kind: 'rename-mailbox'; readonly args: ArgsOf<'rename-mailbox'> }
    | { readonly kind: 'delete-mailbox'; readonly args: ArgsOf<'delete-mailbox'> }
    | { readonly kind: 'subscribe-mailbox'; readonly args: ArgsOf<'subscribe-mailbox'> }
  );

/** A change of a mailbox itself. */
export type MailboxDueChange = Extract<DueChange, { readonly args: { readonly mailboxId: MailboxId } }>;

/** A change that puts a message of ours into a mailbox, or takes a draft out. */
export type CopyDueChange = Extract<DueChange, { readonly kind: 'append' | 'save-draft' | 'discard-draft' }>;

export function isCopyChange(change: DueChange): change is CopyDueChange {
  return change.kind === 'append' || change.kind === 'save-draft' || change.kind === 'discard-draft';
}

export function isMailboxChange(change: DueChange): change is MailboxDueChange {
  return 'mailboxId' in change.args;
}

export interface PendingRecord {
  id: number;
  account_id: number;
  lane: string;
  kind: string;
  args_json: string;
  origin: Origin;
  gesture_id: GestureId;
  token: string;
  state: PendingState;
  not_before: number;
  attempts: number;
  first_failure_at: number | null;
  last_error_json: string | null;
  wire_json: string | null;
  created_at: number;
}

const TARGETS = readSql<{ message_id: number; mailbox_id: number; orphaned: number | null }>(
  `SELECT t.message_id, t.mailbox_id, m.orphaned_at IS NOT NULL AS orphaned
   FROM pending_targets t LEFT JOIN messages m ON m.id = t.message_id WHERE t.change_id = ?`,
);
const CHANGE = readSql<PendingRecord>('SELECT * FROM pending_changes WHERE id = ?');
const PROBING = readSql<PendingRecord>(
  "SELECT * FROM pending_changes WHERE account_id = ? AND state = 'probing' AND not_before <= ? ORDER BY id",
);
const GESTURE = readSql<{ gesture_id: GestureId }>('SELECT gesture_id FROM pending_changes WHERE id = ?');
const PAST_GESTURE = readSql<{ gesture_id: GestureId }>(
  'SELECT gesture_id FROM change_history WHERE change_id = ? LIMIT 1',
);
const COUNT_STATE_ALL = readSql<{ n: number }>('SELECT count(*) AS n FROM pending_changes WHERE state = ?');
const CANDIDATES = readSql<PendingRecord>(
  `SELECT * FROM pending_changes c WHERE c.account_id = ? AND c.state = 'waiting' AND c.id > ? AND c.not_before <= ?
     AND NOT EXISTS (SELECT 1 FROM pending_needs n WHERE n.change_id = c.id)
   ORDER BY c.id LIMIT 200`,
);
/**
 * Earlier changes on the same message and field: a delete touches every field (SYNC-232). A refused keyword holds up no
 * other keyword: the queue replaces the row where both name the same one.
 */
const BLOCKED = readSql<{ id: number }>(
  `SELECT o.change_id AS id FROM pending_targets t
     JOIN pending_targets o ON o.message_id = t.message_id AND o.change_id < t.change_id
     JOIN pending_changes c ON c.id = o.change_id
   WHERE t.change_id = @id AND (c.kind = @kind OR c.kind = 'delete' OR @kind = 'delete')
     AND NOT (c.state = 'parked' AND c.kind = 'keywords' AND @kind = 'keywords') LIMIT 1`,
);
const COUNT_TARGETS = readSql<{ n: number }>('SELECT count(*) AS n FROM pending_targets WHERE change_id = ?');
const OLDEST = readSql<{ created_at: number }>(
  'SELECT created_at FROM pending_changes WHERE account_id = ? AND state = ? ORDER BY id LIMIT 1',
);
const NEXT_DUE = readSql<{ at: number | null }>(
  'SELECT min(not_before) AS at FROM pending_changes WHERE account_id = ? AND state = ?',
);
const COUNT_STATE = readSql<{ n: number }>(
  'SELECT count(*) AS n FROM pending_changes WHERE account_id = ? AND state = ?',
);
const TOUCHED_UIDS = readSql<{ uid: number }>(
  `SELECT p.uid FROM pending_changes c JOIN pending_targets t ON t.change_id = c.id
     JOIN placements p ON p.message_id = t.message_id AND p.mailbox_id = @mailboxId AND p.verified = 1
   WHERE c.account_id = @accountId AND c.state = @state`,
);
const ACCOUNT_OF = readSql<{ account_id: number }>('SELECT account_id FROM mailboxes WHERE id = ?');

/** Looked at in one go while searching for changes that are not blocked. */
const PAGE = 200;

/**
 * Changes that may be sent at `nowMs`, in order of intent: all they need is settled, and no earlier change touches the
 * same message and field. Trouble with one message never holds up another (SYNC-232, 233). At most `limit`.
 */
export function dueChanges(db: ReadableDb, accountId: AccountId, nowMs: number, limit: number): DueChange[] {
  const due: DueChange[] = [];
  const candidates = prepared(db, CANDIDATES);
  const blocked = prepared(db, BLOCKED);
  for (let after = 0, full = true; full && due.length < limit; ) {
    const page = candidates.all(accountId, after, nowMs);
    full = page.length === PAGE;
    for (const record of page) {
      after = record.id;
      if (due.length >= limit || blocked.get({ id: record.id, kind: record.kind })) continue;
      const change = toDueChange(db, record);
      if (change) due.push(change);
    }
  }
  return due;
}

/** Changes whose outcome is unknown and that may be looked at now, in order (SYNC-249, 255). */
export function probingChanges(
  db: ReadableDb,
  accountId: AccountId,
  nowMs: number = Number.MAX_SAFE_INTEGER,
): DueChange[] {
  return prepared(db, PROBING)
    .all(accountId, nowMs)
    .flatMap((record) => toDueChange(db, record) ?? []);
}

/** When the next change becomes due (ms UTC, may be past), or null when none waits. */
export function nextDueAt(db: ReadableDb, accountId: AccountId): number | null {
  const waiting = prepared(db, NEXT_DUE).get(accountId, 'waiting')?.at ?? null;
  const probing = prepared(db, NEXT_DUE).get(accountId, 'probing')?.at ?? null;
  if (waiting === null || probing === null) return waiting ?? probing;
  return Math.min(waiting, probing);
}

/** When the oldest change that is not parked was asked for (ms UTC); null when none waits (SYNC-411). */
export function oldestWaitingAt(db: ReadableDb, accountId: AccountId): number | null {
  const ages = (['waiting', 'claimed', 'probing'] as const).flatMap(
    (state) => prepared(db, OLDEST).get(accountId, state)?.created_at ?? [],
  );
  return ages.length === 0 ? null : Math.min(...ages);
}

/** Of one account, or of all (null). */
export function pendingCounts(
  db: ReadableDb,
  accountId: AccountId | null,
): { waiting: number; parked: number } {
  const count = (state: PendingState): number =>
    (accountId === null
      ? prepared(db, COUNT_STATE_ALL).get(state)
      : prepared(db, COUNT_STATE).get(accountId, state)
    )?.n ?? 0;
  return { waiting: count('waiting') + count('claimed') + count('probing'), parked: count('parked') };
}

/** UIDs touched by a change that is being sent or probed: their absence proves nothing yet (SYNC-088). */
export function protectedUids(db: ReadableDb, mailboxId: MailboxId): UidRange[] {
  const accountId = prepared(db, ACCOUNT_OF).get(mailboxId)?.account_id;
  if (accountId === undefined) return [];
  const touched = prepared(db, TOUCHED_UIDS);
  const uids = (['claimed', 'probing'] as const).flatMap((state) =>
    touched.all({ accountId, mailboxId, state }).map(({ uid }) => uid),
  );
  return rangesFromUids(uids);
}

/** The gesture a change, waiting or past, belongs to; null when it is unknown. */
export function gestureOfChange(db: ReadableDb, changeId: ChangeId): GestureId | null {
  const row = prepared(db, GESTURE).get(changeId) ?? prepared(db, PAST_GESTURE).get(changeId);
  return row?.gesture_id ?? null;
}

/** Where a parked move was to go; null when the change is none. */
export function parkedMove(
  db: ReadableDb,
  changeId: ChangeId,
): { readonly accountId: AccountId; readonly toMailboxId: MailboxId } | null {
  const record = prepared(db, CHANGE).get(changeId);
  const args = record?.state === 'parked' ? parseArgs(record.kind, record.args_json) : null;
  return record && args?.kind === 'move'
    ? { accountId: record.account_id as AccountId, toMailboxId: args.toMailboxId }
    : null;
}

/** How many messages a change names. */
export function countTargets(db: ReadableDb, changeId: number): number {
  return prepared(db, COUNT_TARGETS).get(changeId)?.n ?? 0;
}

export function targetsOf(db: ReadableDb, changeId: number): PendingTarget[] {
  return prepared(db, TARGETS)
    .all(changeId)
    .map(({ message_id, mailbox_id, orphaned }) => ({
      messageId: message_id as MessageId,
      mailboxId: mailbox_id === 0 ? null : (mailbox_id as MailboxId),
      orphaned: orphaned === 1,
    }));
}

/** Null for a row nobody understands: it is parked at start-up and never sent (SYNC-250). */
function toDueChange(db: ReadableDb, record: PendingRecord): DueChange | null {
  const args = parseArgs(record.kind, record.args_json);
  if (!args) return null;
  const facts: ChangeFacts = {
    id: record.id as ChangeId,
    accountId: record.account_id as AccountId,
    targets: targetsOf(db, record.id),
    origin: record.origin,
    gestureId: record.gesture_id,
    token: record.token,
    state: record.state,
    title: pendingTitle(db, args),
    notBefore: record.not_before,
    attempts: record.attempts,
    firstFailureAt: record.first_failure_at,
    lastError: record.last_error_json === null ? null : (JSON.parse(record.last_error_json) as Failure),
    wire: record.wire_json === null ? null : (JSON.parse(record.wire_json) as unknown),
    createdAt: record.created_at,
  };
  switch (args.kind) {
    case 'keywords':
      return { ...facts, kind: args.kind, args };
    case 'move':
      return { ...facts, kind: args.kind, args };
    case 'delete':
      return { ...facts, kind: args.kind, args };
    case 'append':
      return { ...facts, kind: args.kind, args };
    case 'save-draft':
      return { ...facts, kind: args.kind, args };
    case 'discard-draft':
      return { ...facts, kind: args.kind, args };
    case 'create-mailbox':
      return { ...facts, kind: args.kind, args };
    case 'rename-mailbox':
      return { ...facts, kind: args.kind, args };
    case 'delete-mailbox':
      return { ...facts, kind: args.kind, args };
    case 'subscribe-mailbox':
      return { ...facts, kind: args.kind, args };
  }
}
