import type { AccountId, GestureId, MailboxId, MailboxRole } from '../../shared/domain';
import { screenMailboxes } from '../store/read/mailbox-screen';
import type { MailboxRow } from '../store/read/mailboxes';
import { createLocalMailbox, setCreatingChange } from '../store/write/created-mailbox';
import { insertChange } from '../store/write/insert-change';
import type { WriteTx } from '../store/write-tx';

/** Names given to mailboxes we create; servers translate roles, not names. */
const NAMES: Readonly<Partial<Record<MailboxRole, string>>> = {
  inbox: 'Inbox',
  archive: 'Archive',
  drafts: 'Drafts',
  sent: 'Sent',
  trash: 'Trash',
  junk: 'Junk',
};

/**
 * The account's mailbox with a role. A missing one is created on demand: here at once, upstream by a change that
 * everything needing it waits for (SYNC-038, 237).
 */
export function roleMailbox(
  tx: WriteTx,
  account: { readonly accountId: AccountId; readonly protocol: string },
  role: MailboxRole,
  gesture: { readonly gestureId: GestureId; token(): string },
): MailboxId {
  const mailboxes = screenMailboxes(tx.db, account.accountId).filter(({ selectable }) => selectable);
  const existing = mailboxes.find((mailbox) => mailbox.role === role);
  if (existing) return existing.id;

  const name = freeName(
    NAMES[role] ?? role,
    mailboxes.map(({ path }) => path),
  );
  const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox');
  const prefix = personalParent(mailboxes) ? `${inbox?.path}${inbox?.delimiter}` : '';
  const mailboxId = createLocalMailbox(tx, {
    accountId: account.accountId,
    parentId: prefix === '' ? null : (inbox?.id ?? null),
    path: `${prefix}${name}`,
    name,
    delimiter: inbox?.delimiter ?? '/',
    role,
  });
  if (account.protocol === 'local') return mailboxId;
  const [changeId] = insertChange(tx, {
    ...gesture,
    accountId: account.accountId,
    args: {
      kind: 'create-mailbox',
      mailboxId,
      path: prefix === '' ? [name] : [inbox?.path ?? '', name],
      role,
    },
    source: 0,
    messageIds: [],
  });
  if (changeId !== undefined) setCreatingChange(tx, mailboxId, changeId);
  return mailboxId;
}

/** Servers that keep everything below INBOX want new mailboxes there too: the inbox, where it is so; else null. */
export function personalParent(mailboxes: readonly MailboxRow[]): MailboxRow | null {
  const inbox = mailboxes.find((mailbox) => mailbox.role === 'inbox');
  if (!inbox?.delimiter) return null;
  const below = `${inbox.path}${inbox.delimiter}`;
  const others = mailboxes.filter(({ path, namespace }) => path !== inbox.path && namespace === 'personal');
  return others.length > 0 && others.every(({ path }) => path.startsWith(below)) ? inbox : null;
}

function freeName(name: string, taken: readonly string[]): string {
  const lower = new Set(taken.map((path) => path.toLowerCase()));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} ${n}`;
    if (!lower.has(candidate.toLowerCase())) return candidate;
  }
}
