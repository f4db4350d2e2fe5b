import type { AccountView, StatusView } from '../../shared/contract/views';
import { pillStrings } from '../strings/status';

export interface PillState {
  readonly kind:
    | 'connecting'
    | 'sign-in'
    | 'attention'
    | 'offline'
    | 'syncing'
    | 'problem'
    | 'waiting'
    | 'paused'
    | 'ok';
  readonly text: string;
}

/**
 * What the status pill says (UI-050, APP-190): the one thing that concerns the user most. `time` formats an instant.
 */
export function pillState(
  status: StatusView | null,
  accounts: readonly AccountView[],
  connected: boolean,
  time: (instant: number) => string,
): PillState {
  if (!connected || status === null) return { kind: 'connecting', text: pillStrings.connecting };
  if (status.diskNeededBytes !== null) return { kind: 'problem', text: pillStrings.diskFull };
  if (status.needsSignIn.length > 0) return { kind: 'sign-in', text: pillStrings.signIn };
  if (status.parked > 0) return { kind: 'attention', text: pillStrings.attention(status.parked) };
  if (status.offlineByChoice || !status.online) {
    return { kind: 'offline', text: pillStrings.offline(status.waiting) };
  }
  // A search is no sync: who asked for it sees how far it is where they asked.
  const syncing = status.activities.filter(({ kind }) => kind !== 'searching');
  if (syncing.length > 0) {
    const folders = new Set(syncing.flatMap(({ mailboxId }) => mailboxId ?? []));
    return { kind: 'syncing', text: pillStrings.syncing(folders.size) };
  }
  // One that does not answer while others do: the rest being well is not all being well.
  const failing = accounts.find(({ state }) => state === 'error' || state === 'offline');
  if (failing) return { kind: 'problem', text: pillStrings.problem(failing.name, status.waiting) };
  if (status.waiting > 0) return { kind: 'waiting', text: pillStrings.waiting(status.waiting) };
  if (accounts.length > 0 && accounts.every(({ state }) => state === 'paused')) {
    return { kind: 'paused', text: pillStrings.paused };
  }
  return {
    kind: 'ok',
    text: pillStrings.upToDate(status.lastSyncedAt === null ? null : time(status.lastSyncedAt)),
  };
}
