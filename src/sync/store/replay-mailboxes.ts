import type { MailboxId } from '../../shared/domain';
import type { MailboxArgs } from './pending-args';
import type { MailboxRow } from './read/mailboxes';

/** What one pending change wants of a mailbox that exists here. */
export type MailboxIntent = Exclude<MailboxArgs, { readonly kind: 'create-mailbox' }>;

/**
 * The mailboxes of one account as people see them: the server's listing with the unsettled changes played on top, in
 * order (SYNC-042, 231). A mailbox takes what lies in it along; one that is being deleted is not there. A place that
 * cannot be, inside itself or in a mailbox that is gone, leaves it where it is. `facts` are the living ones. Pure.
 */
export function replayMailboxes(
  facts: readonly MailboxRow[],
  intents: readonly MailboxIntent[],
): MailboxRow[] {
  const rows = new Map<MailboxId, MailboxRow>(facts.map((row) => [row.id, row]));
  for (const row of facts) if (row.remoteKey === '') rows.set(row.id, placed(rows, row));
  for (const intent of intents) {
    const row = rows.get(intent.mailboxId);
    if (!row) continue;
    switch (intent.kind) {
      case 'subscribe-mailbox':
        rows.set(row.id, { ...row, subscribed: intent.subscribed });
        break;
      case 'delete-mailbox':
        rows.delete(row.id);
        break;
      case 'rename-mailbox':
        if (canLieIn(rows, row.id, intent.parentId)) rename(rows, row, intent);
        break;
    }
  }
  return [...rows.values()];
}

/** The full path of a mailbox of that name there, with the account's own delimiter. */
export function childPath(
  parent: Pick<MailboxRow, 'path' | 'delimiter'> | null,
  name: string,
  delimiter: string | null,
): string {
  return parent ? `${parent.path}${parent.delimiter ?? delimiter ?? ''}${name}` : name;
}

/** False when it would lie in itself, or the parent is not there. */
export function canLieIn(
  rows: ReadonlyMap<MailboxId, Pick<MailboxRow, 'parentId'>>,
  mailboxId: MailboxId,
  parentId: MailboxId | null,
): boolean {
  const passed = new Set<MailboxId>([mailboxId]);
  for (let at = parentId; at !== null; at = rows.get(at)?.parentId ?? null) {
    if (passed.has(at) || !rows.has(at)) return false;
    passed.add(at);
  }
  return true;
}

/** A mailbox made here knows its parent; what that is called may have changed since. */
function placed(rows: ReadonlyMap<MailboxId, MailboxRow>, row: MailboxRow): MailboxRow {
  const parent = row.parentId === null ? undefined : rows.get(row.parentId);
  if (!parent || !canLieIn(rows, row.id, row.parentId)) return row;
  const above = parent.remoteKey === '' ? placed(rows, parent) : parent;
  return { ...row, path: childPath(above, row.name, row.delimiter) };
}

function rename(
  rows: Map<MailboxId, MailboxRow>,
  row: MailboxRow,
  { parentId, name }: Pick<MailboxRow, 'parentId' | 'name'>,
): void {
  const parent = parentId === null ? null : (rows.get(parentId) ?? null);
  const path = childPath(parent, name, row.delimiter);
  const below = `${row.path}${row.delimiter ?? ''}`;
  for (const other of row.delimiter === null ? [] : [...rows.values()])
    if (other.id !== row.id && other.path.startsWith(below))
      rows.set(other.id, { ...other, path: `${path}${row.delimiter}${other.path.slice(below.length)}` });
  rows.set(row.id, { ...row, parentId, name, path });
}
