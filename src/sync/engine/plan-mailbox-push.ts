import type { MailboxId } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import type { MailboxAction, RemoteParent } from '../connectors/contract';
import type { ReadableDb } from '../store/handles';
import { leavingChanges } from '../store/read/mailbox-screen';
import { getMailbox, listMailboxes, type MailboxRow } from '../store/read/mailboxes';
import type { MailboxDueChange } from '../store/read/pending';
import { canLieIn } from '../store/replay-mailboxes';

/** What the facts of this moment mean for a change of a mailbox. */
export type MailboxPlan =
  | { readonly do: 'push'; readonly action: MailboxAction }
  /** The server has it so already, or nothing is left to do it to. */
  | { readonly do: 'settle' }
  /** Something else has to happen first. */
  | { readonly do: 'wait' }
  | { readonly do: 'park'; readonly failure: Failure };

const GONE: Failure = {
  kind: 'conflict',
  message: 'This folder no longer exists at the server.',
  hint: 'Discard this change.',
};
const PARENT_GONE: Failure = {
  kind: 'conflict',
  message: 'The folder it should lie in no longer exists at the server.',
  hint: 'Discard this, then choose another place.',
};
const INSIDE_ITSELF: Failure = {
  kind: 'conflict',
  message: 'The folder it should lie in was moved into it on another device.',
  hint: 'Discard this, then choose another place.',
};

const MAIL_STAYED: Failure = {
  kind: 'conflict',
  message: 'Some mail could not be moved out of this folder.',
  hint: 'Look at what else needs attention, then retry.',
};

/** Turns a change of a mailbox into an action on the facts of this moment (SYNC-042, section 8); reads only. */
export function planMailboxPush(db: ReadableDb, change: MailboxDueChange): MailboxPlan {
  const mailbox = getMailbox(db, change.args.mailboxId);
  if (change.kind === 'create-mailbox') return planCreation(db, change.args, mailbox);
  if (!mailbox) return { do: 'settle' };
  const { remoteKey } = mailbox;
  const isGone = mailbox.tombstonedAt !== null;
  if (!isGone && remoteKey === '') return { do: 'wait' };
  switch (change.kind) {
    case 'subscribe-mailbox': {
      const { subscribed } = change.args;
      if (isGone || mailbox.subscribed === subscribed) return { do: 'settle' };
      return { do: 'push', action: { kind: change.kind, remoteKey, subscribed } };
    }
    case 'delete-mailbox': {
      if (isGone) return { do: 'settle' };
      const leaving = [...leavingChanges(db, mailbox.id).values()];
      if (leaving.includes('parked')) return { do: 'park', failure: MAIL_STAYED };
      if (leaving.length > 0) return { do: 'wait' };
      const uidValidity = mailbox.status?.uidValidity ?? null;
      return { do: 'push', action: { kind: change.kind, remoteKey, uidValidity } };
    }
    case 'rename-mailbox': {
      const { parentId, name } = change.args;
      if (isGone) return { do: 'park', failure: GONE };
      if (mailbox.parentId === parentId && mailbox.name === name) return { do: 'settle' };
      const parent = parentOf(db, parentId);
      if (parent === 'gone') return { do: 'park', failure: PARENT_GONE };
      if (parent === 'coming') return { do: 'wait' };
      const all = listMailboxes(db, mailbox.accountId);
      if (!canLieIn(new Map(all.map((row) => [row.id, row])), mailbox.id, parentId))
        return { do: 'park', failure: INSIDE_ITSELF };
      const below = `${remoteKey}${mailbox.delimiter ?? ''}`;
      const subscribed = all
        .filter((row) => row.subscribed && row.tombstonedAt === null)
        .map((row) => row.remoteKey)
        .filter((key) => key === remoteKey || (mailbox.delimiter !== null && key.startsWith(below)));
      return { do: 'push', action: { kind: change.kind, remoteKey, parent, name, subscribed } };
    }
  }
}

function planCreation(
  db: ReadableDb,
  { path, role }: Extract<MailboxDueChange, { kind: 'create-mailbox' }>['args'],
  mailbox: MailboxRow | null,
): MailboxPlan {
  const parent = parentOf(db, mailbox?.parentId ?? null);
  if (parent === 'gone') return { do: 'park', failure: PARENT_GONE };
  if (parent === 'coming') return { do: 'wait' };
  return { do: 'push', action: { kind: 'create-mailbox', path, role, parent } };
}

function parentOf(db: ReadableDb, parentId: MailboxId | null): RemoteParent | null | 'gone' | 'coming' {
  if (parentId === null) return null;
  const parent = getMailbox(db, parentId);
  if (!parent || parent.tombstonedAt !== null) return 'gone';
  return parent.remoteKey === '' ? 'coming' : parent;
}
