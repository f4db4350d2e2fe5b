/** Looks for messages that may have arrived in the destination already (SYNC 7.3, SYNC-255). */
import { ok } from '../../../shared/outcome';
import { rangesFromUids } from '../../../shared/uid-ranges';
import type { PushAction, WireRecord } from '../contract';
import { MAX_UID } from './limits';
import type { CommandResult, ImapSession } from './session';
import { fetchFingerprints, fetchIdentities } from './uid-facts';

export interface Copies {
  readonly uidValidity: string | null;
  readonly newUids: ReadonlyMap<number, number>;
}

const NONE: Copies = { uidValidity: null, newUids: new Map() };

/**
 * Source UID to UID in the destination, for messages that arrived at or after the UIDNEXT noted before the first attempt:
 * by identity, or by fingerprint where they have none. A rebuilt destination is looked at from its beginning: the note says nothing about it.
 */
export async function findCopies(
  session: ImapSession,
  action: Extract<PushAction, { kind: 'move' }>,
  wire: WireRecord,
): Promise<CommandResult<Copies>> {
  if (!wire.destination) return ok(NONE);
  const selected = await session.select(action.toRemoteKey, false);
  // A destination that is gone has no copies.
  if (!selected.ok) return selected.error.kind === 'refused' ? ok(NONE) : selected;
  const from = selected.value.uidValidity === wire.destination.uidValidity ? wire.destination.uidNext : 1;
  if (selected.value.uidNext !== null && selected.value.uidNext <= from) return ok(NONE);
  const identities = await fetchIdentities(session, [[from, MAX_UID]]);
  if (!identities.ok) return identities;
  const nameless = [...identities.value].flatMap(([uid, identity]) => (identity === null ? [uid] : []));
  const wanted = wire.fingerprints ?? {};
  const looked = Object.keys(wanted).length > 0 ? rangesFromUids(nameless) : [];
  const fingerprints = await fetchFingerprints(session, looked);
  if (!fingerprints.ok) return fingerprints;
  const arrived = new Map<string, number[]>();
  for (const [uid, identity] of identities.value) {
    const key = identity === null ? fingerprints.value.get(uid) : `${IDENTIFIED}${identity}`;
    if (key !== undefined) arrived.set(key, [...(arrived.get(key) ?? []), uid]);
  }
  const newUids = new Map<number, number>();
  for (const { uid, identity } of action.messages) {
    const key = identity === null ? wanted[uid] : `${IDENTIFIED}${identity}`;
    const copy = key === undefined ? undefined : arrived.get(key)?.shift();
    if (copy !== undefined) newUids.set(uid, copy);
  }
  return ok({ uidValidity: selected.value.uidValidity, newUids });
}

/** Keeps identities and fingerprints apart. */
const IDENTIFIED = '=';
