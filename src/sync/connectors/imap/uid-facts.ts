/** Which of a change's messages are still there and still the same: looked at before anything is written. */
import { hash } from 'node:crypto';
import type { UidRange } from '../../../shared/observation';
import { ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import { parseHeaderBlock } from '../../mime/parse-header-block';
import type { RemoteMessage } from '../contract';
import { atom, peek, peekFields } from './arguments';
import type { FetchRow } from './fetch-row';
import { fetchRows } from './fetch-rows';
import { identityItems } from './header-items';
import { FINGERPRINT_BYTES } from './limits';
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

/**
 * What tells a message without a Message-ID again after a copy: its size and its first bytes, header and text alike
 * (SYNC-101). By UID.
 */
export async function fetchFingerprints(
  session: ImapSession,
  ranges: readonly UidRange[],
): Promise<CommandResult<ReadonlyMap<number, string>>> {
  const fingerprints = new Map<number, string>();
  if (ranges.length === 0) return ok(fingerprints);
  const items = [atom('UID'), atom('RFC822.SIZE'), peek('', { from: 0, length: FINGERPRINT_BYTES })];
  const reply = await fetchRows(session, ranges, items, (row) => {
    const start = row.sections.get('');
    if (start) fingerprints.set(row.uid, `${row.size}-${hash('sha256', start, 'base64url')}`);
  });
  return reply.ok ? ok(fingerprints) : reply;
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
