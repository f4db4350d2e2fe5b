import type { MailboxChange } from '../../shared/contract/mailbox-change';
import type { AccountId, MailboxId, Protocol } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { type FolderNameFlaw, folderNameFlaw, tidyFolderName } from '../../shared/folder-name';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { ReadableDb } from '../store/handles';
import { listAccounts } from '../store/read/accounts';
import { screenMailboxes } from '../store/read/mailbox-screen';
import { getMailbox, type MailboxRow } from '../store/read/mailboxes';
import { canLieIn, childPath } from '../store/replay-mailboxes';
import type { NewMailbox } from '../store/write/created-mailbox';
import type { MailboxPlace, MailboxStep } from '../store/write/mailbox-steps';
import { planRole } from '../store/write/role-override';
import { personalParent } from './role-mailbox';

/** The mailboxes a change is about, as people see them now. */
export interface MailboxScene {
  readonly accountId: AccountId;
  readonly protocol: Protocol;
  readonly rows: ReadonlyMap<MailboxId, MailboxRow>;
}

/** What is to be made; its id is known when it is. */
export type PlannedStep =
  | Exclude<MailboxStep, { kind: 'create' }>
  | ({ readonly kind: 'create' } & NewMailbox);

const NO_FOLDER: Failure = { kind: 'not-found', message: 'The folder does not exist any more.' };
const NAME_WORDS: Readonly<Record<FolderNameFlaw, string>> = {
  empty: 'A folder needs a name.',
  'too-long': 'The name is too long.',
  control: 'The name contains characters that cannot be seen.',
  delimiter: 'The name contains the character that stands between folders at this server.',
  wildcard: 'The name contains % or *.',
  dots: 'A name of dots alone cannot be used.',
};

/** The account of the mailbox, or of the mailbox to be. */
export function mailboxScene(db: ReadableDb, change: MailboxChange): Outcome<MailboxScene> {
  const accountId = change.kind === 'create' ? change.accountId : getMailbox(db, change.mailboxId)?.accountId;
  const account = listAccounts(db).find(({ id, state }) => id === accountId && state !== 'removing');
  if (!account)
    return fail(
      change.kind === 'create' ? { kind: 'not-found', message: 'There is no such account.' } : NO_FOLDER,
    );
  const rows = new Map(screenMailboxes(db, account.id).map((row) => [row.id, row]));
  if (change.kind !== 'create' && !rows.has(change.mailboxId)) return fail(NO_FOLDER);
  return ok({ accountId: account.id, protocol: account.protocol, rows });
}

/** What a change does, on the screen of this moment; nothing when it is so already. Fails for what cannot be. */
export function planMailboxChange(
  db: ReadableDb,
  scene: MailboxScene,
  change: Exclude<MailboxChange, { kind: 'delete' }>,
): Outcome<PlannedStep[]> {
  if (change.kind === 'create') return planCreation(scene, change);
  const mailbox = scene.rows.get(change.mailboxId);
  if (!mailbox) return fail(NO_FOLDER);
  switch (change.kind) {
    case 'subscribe':
      return ok(
        mailbox.subscribed === change.subscribed
          ? []
          : [{ kind: 'subscribe', mailboxId: mailbox.id, subscribed: change.subscribed }],
      );
    case 'role':
      if (mailbox.role === 'inbox') return invalid('The inbox stays the inbox.');
      if (!mailbox.selectable) return invalid('This folder cannot hold messages.');
      return ok(planRole(db, mailbox, change.role));
    case 'rename':
      return planPlace(scene, mailbox, { parentId: mailbox.parentId, name: tidyFolderName(change.name) });
    case 'move':
      return planPlace(scene, mailbox, { parentId: change.parentId, name: mailbox.name });
  }
}

function planCreation(
  { accountId, rows }: MailboxScene,
  { parentId: wanted, name: text }: Extract<MailboxChange, { kind: 'create' }>,
): Outcome<PlannedStep[]> {
  const name = tidyFolderName(text);
  const top = personalParent([...rows.values()]);
  const parentId = wanted ?? top?.id ?? null;
  const parent = parentId === null ? null : (rows.get(parentId) ?? null);
  if (parentId !== null && (!parent || parent.accountId !== accountId)) return fail(NO_FOLDER);
  const delimiter = (parent ?? [...rows.values()][0])?.delimiter ?? null;
  const flaw = nameFlaw(rows, parent, name, delimiter);
  if (flaw) return fail(flaw);
  const path = childPath(parent, name, delimiter);
  return ok([{ kind: 'create', accountId, parentId, path, name, delimiter, role: null }]);
}

/** Another name or another place of a mailbox that exists. */
export function planPlace(
  { rows }: Pick<MailboxScene, 'rows'>,
  mailbox: MailboxRow,
  to: MailboxPlace,
): Outcome<PlannedStep[]> {
  if (mailbox.role === 'inbox') return invalid('The inbox keeps its name and its place.');
  const parentId = to.parentId ?? personalParent([...rows.values()])?.id ?? null;
  const parent = parentId === null ? null : (rows.get(parentId) ?? null);
  if (parentId !== null && (!parent || parent.accountId !== mailbox.accountId)) return fail(NO_FOLDER);
  if (mailbox.parentId === parentId && mailbox.name === to.name) return ok([]);
  if (!canLieIn(rows, mailbox.id, parentId)) return invalid('A folder cannot lie inside itself.');
  const flaw = nameFlaw(rows, parent, to.name, mailbox.delimiter);
  if (flaw) return fail(flaw);
  const from = { parentId: mailbox.parentId, name: mailbox.name };
  return ok([{ kind: 'place', mailboxId: mailbox.id, from, to: { parentId, name: to.name } }]);
}

function nameFlaw(
  rows: MailboxScene['rows'],
  parent: MailboxRow | null,
  name: string,
  delimiter: string | null,
): Failure | null {
  if (parent && (parent.delimiter ?? delimiter) === null)
    return { kind: 'invalid', message: 'This account has no folders inside folders.' };
  const flaw = folderNameFlaw(name, delimiter);
  if (flaw) return { kind: 'invalid', message: NAME_WORDS[flaw] };
  const path = childPath(parent, name, delimiter);
  const isTaken = [...rows.values()].some(
    (row) => row.path === path || (row.role === 'inbox' && row.path.toUpperCase() === path.toUpperCase()),
  );
  return isTaken ? { kind: 'conflict', message: `There is already a folder called “${name}” there.` } : null;
}

function invalid(message: string): Outcome<never> {
  return fail({ kind: 'invalid', message });
}
