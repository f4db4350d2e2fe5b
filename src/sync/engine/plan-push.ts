import type { MailboxId, MessageId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { PushAction, RemoteMessage, WireRecord } from '../connectors/contract';
import type { ReadableDb } from '../store/handles';
import { getMailbox } from '../store/read/mailboxes';
import {
  type CopyDueChange,
  type DueChange,
  isMailboxChange,
  type MailboxDueChange,
} from '../store/read/pending';
import { type PlacementRow, placementsOf } from '../store/read/placements';
import type { TargetOutcome } from '../store/write/settle-targets';
import { planMailboxPush } from './plan-mailbox-push';
import { type Intent, type ParkReason, resolveConflict } from './resolve-conflict';

/** One upstream action of a change and which local message each of its UIDs stands for. */
export interface PushGroup {
  readonly action: PushAction;
  readonly mailboxId: MailboxId | null;
  readonly uids: readonly { readonly uid: number; readonly messageId: MessageId }[];
}

/** What is committed before the first byte leaves: pending_changes.wire (rule 5). */
export interface StoredWire {
  readonly groups: readonly (PushGroup & { readonly wire: WireRecord })[];
}

/** How often it was looked in vain what became of it, and since when (ms UTC); beside whatever was written down. */
export interface Looks {
  readonly looks?: number;
  readonly lookedSince?: number;
}

export interface PlannedPush {
  readonly groups: readonly PushGroup[];
  /** Targets the facts alone decide. */
  readonly decided: readonly TargetOutcome[];
  /** How many targets wait because their facts are not complete yet. */
  readonly waiting: number;
  /** A change of a mailbox has no targets: what the facts alone decide of it, or why it cannot be. */
  readonly whole: 'settle' | Failure | null;
}

const PARK_WORDS: Readonly<Record<ParkReason, { readonly message: string; readonly hint: string }>> = {
  'moved-elsewhere': {
    message: 'This message was already moved to another folder.',
    hint: 'Retry to move it anyway, or discard to leave it where it is.',
  },
  'deleted-elsewhere': {
    message: 'This message was deleted on another device.',
    hint: 'Discard this change.',
  },
  'destination-gone': {
    message: 'The folder this message should go to no longer exists.',
    hint: 'Create the folder again and retry, or discard to leave the message where it is.',
  },
};

/**
 * Turns one change into upstream actions on the facts of this moment; reads only. `factsAreFresh`: a complete sweep has
 * just looked everywhere, so a message without a place is gone and not merely on its way (SYNC-089).
 */
export function planPush(
  db: ReadableDb,
  change: Exclude<DueChange, CopyDueChange>,
  factsAreFresh: boolean,
): PlannedPush {
  if (isMailboxChange(change)) {
    const plan = planMailboxPush(db, change);
    const groups: PushGroup[] =
      plan.do === 'push' ? [{ action: plan.action, mailboxId: null, uids: [] }] : [];
    const whole = plan.do === 'settle' ? 'settle' : plan.do === 'park' ? plan.failure : null;
    return { groups, decided: [], waiting: plan.do === 'wait' ? 1 : 0, whole };
  }
  const destination = change.kind === 'move' ? getMailbox(db, change.args.toMailboxId) : null;
  const byMailbox = new Map<MailboxId, PlacementRow[]>();
  const decided: TargetOutcome[] = [];
  let waiting = 0;

  for (const { messageId, mailboxId, orphaned } of change.targets) {
    const placements = placementsOf(db, messageId);
    const resolution = resolveConflict(toIntent(change, mailboxId), {
      placements,
      orphaned: orphaned && !factsAreFresh,
      destinationExists:
        destination !== null && destination.tombstonedAt === null && destination.remoteKey !== '',
    });
    switch (resolution.action) {
      case 'push':
        for (const placement of placements) {
          if (!resolution.mailboxIds.includes(placement.mailboxId)) continue;
          const group = byMailbox.get(placement.mailboxId);
          if (group) group.push(placement);
          else byMailbox.set(placement.mailboxId, [placement]);
        }
        break;
      case 'settle':
        decided.push({ messageId, mailboxId, uid: null, result: 'settled' });
        break;
      case 'wait':
        waiting += 1;
        break;
      case 'park': {
        const failure: Failure = { kind: 'conflict', ...PARK_WORDS[resolution.reason] };
        decided.push({ messageId, mailboxId, uid: null, result: 'failed', failure });
        break;
      }
    }
  }
  const groups = [...byMailbox].map(
    ([mailboxId, placements]): PushGroup => ({
      action: toAction(change, placements, destination?.remoteKey ?? ''),
      mailboxId,
      uids: placements.map(({ uid, messageId }) => ({ uid, messageId })),
    }),
  );
  return { groups, decided, waiting, whole: null };
}

type MessageChange = Exclude<DueChange, MailboxDueChange | CopyDueChange>;

function toIntent(change: MessageChange, source: MailboxId | null): Intent {
  switch (change.kind) {
    case 'keywords':
      return { kind: 'keywords', add: change.args.add, remove: change.args.remove };
    case 'move':
      return { kind: 'move', from: source as MailboxId, to: change.args.toMailboxId, aim: change.args.aim };
    case 'delete':
      return { kind: 'delete', from: source as MailboxId };
  }
}

function toAction(
  change: MessageChange,
  placements: readonly PlacementRow[],
  toRemoteKey: string,
): PushAction {
  const messages: RemoteMessage[] = placements.map(({ uid, uidValidity, identity }) => ({
    uid,
    uidValidity,
    identity,
  }));
  const remoteKey = placements[0]?.remoteKey ?? '';
  switch (change.kind) {
    case 'keywords':
      return { kind: 'keywords', remoteKey, messages, add: change.args.add, remove: change.args.remove };
    case 'move':
      return { kind: 'move', remoteKey, messages, toRemoteKey };
    case 'delete':
      return { kind: 'delete', remoteKey, messages };
  }
}
