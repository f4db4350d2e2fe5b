import type { AccountId, MailboxId, MailboxRole } from '../../../shared/domain';
import type { WriteTx } from '../write-tx';
import { createLocalMailbox } from './created-mailbox';

/** A mailbox of a local account. */
export function insertLocalMailbox(
  tx: WriteTx,
  accountId: AccountId,
  { path, role }: { readonly path: string; readonly role: MailboxRole | null },
): MailboxId {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return createLocalMailbox(tx, { accountId, parentId: null, path, name, delimiter: '/', role });
}
