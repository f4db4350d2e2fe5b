import type { AccountId } from '../../shared/domain';
import type { Clock } from '../ports/clock';

/** Accounts of one host begin this far apart: ten at once look like an attack, and many servers count (SYNC-124). */
const SPACING_MS = 500;

/** Whose turn it is to connect, host by host. */
export interface StartSpacing {
  /** Resolves when the account may begin; at once where it is the only one of its host, or was the last to begin. */
  turn(host: string, accountId: AccountId, signal: AbortSignal): Promise<void>;
}

export function createStartSpacing(clock: Clock): StartSpacing {
  const last = new Map<string, { readonly accountId: AccountId; readonly at: number }>();
  return {
    turn: async (host, accountId, signal) => {
      const key = host.toLowerCase();
      const now = clock.monotonic();
      const before = last.get(key);
      const free = before === undefined || before.accountId === accountId ? now : before.at + SPACING_MS;
      const at = Math.max(now, free);
      last.set(key, { accountId, at });
      if (at > now) await clock.sleep(at - now, signal);
    },
  };
}
