/** The wire name a mailbox gets (SYNC-034): prefix and delimiter are the server's, never assumed. */
import type { RemoteParent } from '../contract';
import { encodeMailboxName } from './mailbox-name';
import type { ImapSession } from './session';

/** Null when no mailbox of that name can be there: an empty level, a delimiter inside one, or no levels at all. */
export function newKey(
  session: ImapSession,
  parent: RemoteParent | null,
  levels: readonly string[],
): string | null {
  const personal = session.wire.namespaces?.personal[0] ?? { prefix: '', delimiter: null };
  const delimiter = parent?.delimiter ?? personal.delimiter;
  const encoded = levels.map(encodeMailboxName);
  const isBad = (level: string) =>
    level === '' || (delimiter ? level.includes(delimiter) : levels.length > 1);
  if (encoded.length === 0 || encoded.some(isBad)) return null;
  const joined = encoded.join(delimiter ?? '');
  if (parent) return delimiter ? `${parent.remoteKey}${delimiter}${joined}` : null;
  const { prefix } = personal;
  return joined.toUpperCase().startsWith(prefix.toUpperCase()) ? joined : `${prefix}${joined}`;
}
