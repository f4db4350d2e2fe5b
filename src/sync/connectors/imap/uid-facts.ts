/** Which of a change's messages are still there and still the same: looked at before anything is written. */
import type { UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import { parseHeaderBlock } from '../../mime/parse-header-block';
import type { RemoteMessage } from '../contract';
import { atom, peekFields } from './arguments';
import type { FetchRow } from './fetch-row';
import { fetchRows } from './fetch-rows';
import { identityItems } from './header-items';
import { identityOf } from './observe-message';
import type { CommandResult, ImapSession } from './session';

const NOTHING = new Uint8Array();

/** Identity by UID of the messages of `ranges` in the selected mailbox. */
export async function fetchIdentities(
  session: ImapSession,
  ranges: readonly UidRange[],
): Promise<CommandResult<ReadonlyMap<number, string | null>>> {
  const identities = new Map<number, string | null>();
  const items = [atom('UID'), atom('RFC822.SIZE'), peekFields(['MESSAGE-ID', 'DATE'])];
  items.push(...identityItems(session).map(atom));
  const reply = await fetchRows(session, ranges, items, (row) => identities.set(row.uid, readIdentity(row)));
  return reply.ok ? ok(identities) : reply;
}

function readIdentity(row: FetchRow): string | null {
  return identityOf(row, parseHeaderBlock(row.sections.get('HEADER.FIELDS') ?? NOTHING));
}

export interface Presence {
  readonly present: readonly RemoteMessage[];
  /** Not under this UID any more, or the UID names another message now. */
  readonly gone: readonly RemoteMessage[];
}

export async function findPresent(
  session: ImapSession,
  messages: readonly RemoteMessage[],
): Promise<CommandResult<Presence>> {
  const identities = await fetchIdentities(session, rangesFromUids(messages.map(({ uid }) => uid)));
  if (!identities.ok) return identities;
  const isPresent = ({ uid, identity }: RemoteMessage) =>
    identities.value.has(uid) && (identity === null || identities.value.get(uid) === identity);
  return ok({ present: messages.filter(isPresent), gone: messages.filter((message) => !isPresent(message)) });
}
