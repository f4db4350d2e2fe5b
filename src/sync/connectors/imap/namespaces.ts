/** Whose mailboxes are whose (RFC 2342, SYNC-034); prefix and delimiter are what the server says, never assumed. */
import type { ObservedMailbox } from '../../../shared/observation';
import { MAX_NAMESPACES } from './limits';
import { canonicalMailboxName } from './mailbox-name';
import type { Namespace } from './namespace-response';
import type { Wire } from './wire';

type Kind = ObservedMailbox['namespace'];

interface Space {
  readonly kind: Kind;
  readonly prefix: string;
  readonly delimiter: string | null;
}

/**
 * The namespace with the longest prefix owns a name. INBOX is always personal, also where the prefix of the shared
 * mailboxes is empty, and so is what no namespace owns.
 */
export function namespaceOf(wire: Pick<Wire, 'namespaces'>, remoteKey: string): Kind {
  if (remoteKey === 'INBOX') return 'personal';
  let owner: Space | null = null;
  for (const space of spacesOf(wire)) {
    // The container itself is written without the delimiter at its end.
    const isWithin = `${remoteKey}${space.delimiter ?? ''}`.startsWith(space.prefix);
    if (isWithin && (owner === null || space.prefix.length > owner.prefix.length)) owner = space;
  }
  return owner?.kind ?? 'personal';
}

/** What LIST is asked for: everything, and by name what a server leaves out of everything. */
export function listPatterns(wire: Pick<Wire, 'namespaces'>): string[] {
  const prefixes = spacesOf(wire).flatMap(({ prefix }) => (prefix === '' ? [] : [`${prefix}*`]));
  const own = wire.namespaces?.personal[0]?.prefix ?? '';
  return [...new Set(['*', ...prefixes])].filter((pattern) => pattern !== `${own}*` || pattern === '*');
}

/** Personal ones first: of two with the same prefix a person's own mail wins. */
function spacesOf({ namespaces }: Pick<Wire, 'namespaces'>): Space[] {
  const of = (kind: Kind, list: readonly Namespace[] = []) =>
    list.map(({ prefix, delimiter }): Space => {
      const canonical = canonicalMailboxName(prefix, delimiter);
      return { kind, prefix: canonical, delimiter };
    });
  return [
    ...of('personal', namespaces?.personal),
    ...of('other', namespaces?.other),
    ...of('shared', namespaces?.shared),
  ].slice(0, MAX_NAMESPACES);
}
