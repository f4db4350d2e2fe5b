/** LIST of one name: whether a mailbox is there (RFC 9051 6.3.9). */
import { ok } from '../../../shared/outcome';
import { mailbox, quoted } from './arguments';
import { type ListedMailbox, readListLine } from './list-line';
import type { CommandResult, ImapSession } from './session';

/** Null when the server lists none of exactly this name, or says that it does not exist. */
export async function findListed(
  session: ImapSession,
  remoteKey: string,
): Promise<CommandResult<ListedMailbox | null>> {
  let found: ListedMailbox | null = null;
  const reply = await session.command('LIST', [quoted(''), mailbox(remoteKey)], {
    onLine: (line) => {
      const listed = readListLine(line);
      // A name may hold a wildcard: others may answer too.
      if (listed?.remoteKey === remoteKey && !listed.attributes.has('\\nonexistent')) found = listed;
    },
  });
  return reply.ok ? ok(found) : reply;
}
