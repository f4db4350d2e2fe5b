/** Which mailbox is the archive, the trash, … (SYNC-037): attributes of RFC 6154 first, then names. */
import type { MailboxRole } from '../../../shared/domain';
import type { ListedMailbox } from './list-line';
import { decodeMailboxName } from './mailbox-name';
import { roleByName } from './roles-by-name';

/** Lower case: Cyrus lists '\drafts'. XLIST's words stand beside those of RFC 6154. */
const BY_ATTRIBUTE: Readonly<Record<string, MailboxRole>> = {
  '\\inbox': 'inbox',
  '\\archive': 'archive',
  '\\drafts': 'drafts',
  '\\sent': 'sent',
  '\\trash': 'trash',
  '\\junk': 'junk',
  '\\spam': 'junk',
  '\\all': 'all',
  '\\allmail': 'all',
  '\\flagged': 'flagged',
  '\\starred': 'flagged',
  '\\important': 'important',
};

interface Candidate {
  readonly remoteKey: string;
  readonly role: MailboxRole;
  readonly byAttribute: boolean;
  readonly subscribed: boolean;
}

/** Every role to at most one mailbox: attribute beats name, then subscribed, then the shortest name. */
export function assignRoles(
  mailboxes: readonly ListedMailbox[],
  isSubscribed: (remoteKey: string) => boolean,
): Map<string, MailboxRole> {
  const candidates = mailboxes.flatMap((listed) => candidatesOf(listed, isSubscribed(listed.remoteKey)));
  candidates.sort(
    (a, b) =>
      Number(b.byAttribute) - Number(a.byAttribute) ||
      Number(b.subscribed) - Number(a.subscribed) ||
      a.remoteKey.length - b.remoteKey.length,
  );
  const roles = new Map<string, MailboxRole>();
  const given = new Set<MailboxRole>();
  for (const { remoteKey, role } of candidates) {
    if (given.has(role) || roles.has(remoteKey)) continue;
    roles.set(remoteKey, role);
    given.add(role);
  }
  return roles;
}

const BY_IMPORTANCE: readonly MailboxRole[] = ['inbox', 'sent', 'drafts', 'archive', 'all'];

/** Order of what is asked about one by one: inbox, the mailboxes with a role, the rest (SYNC-032). */
export function byRole<T>(roleOf: (entry: T) => MailboxRole | undefined): (a: T, b: T) => number {
  const rank = (entry: T): number => {
    const role = roleOf(entry);
    if (role === undefined) return BY_IMPORTANCE.length + 1;
    const at = BY_IMPORTANCE.indexOf(role);
    return at < 0 ? BY_IMPORTANCE.length : at;
  };
  return (a, b) => rank(a) - rank(b);
}

function candidatesOf(listed: ListedMailbox, subscribed: boolean): Candidate[] {
  const { remoteKey } = listed;
  if (remoteKey === 'INBOX') return [{ remoteKey, role: 'inbox', byAttribute: true, subscribed: true }];
  const byAttribute = [...listed.attributes].flatMap((attribute) => BY_ATTRIBUTE[attribute] ?? []);
  if (byAttribute.length > 0) {
    return byAttribute.map((role) => ({ remoteKey, role, byAttribute: true, subscribed }));
  }
  const levels = listed.delimiter ? remoteKey.split(listed.delimiter) : [remoteKey];
  // Below INBOX or at the top: deeper 'Sent' folders are a person's own filing.
  if (levels.length > (levels[0] === 'INBOX' || levels[0]?.startsWith('[') ? 2 : 1)) return [];
  const role = roleByName(decodeMailboxName(levels.at(-1) ?? ''));
  return role ? [{ remoteKey, role, byAttribute: false, subscribed }] : [];
}
