import { hash } from 'node:crypto';
import { getSetting } from '../store/read/settings';
import { alertsKey } from '../store/read/upkeep';
import { setSetting } from '../store/write/settings';
import type { RunnerContext } from './runner-context';

const DAY_MS = 24 * 60 * 60_000;
/** Servers that word every alert anew must not fill the settings: the oldest are forgotten. */
const MOST_REMEMBERED = 50;

/** Shows what a server wants its people to read, each text once a day, also over a restart (SYNC-134). */
export function showAlerts({ connector, store, accountId, clock, announceAlert }: RunnerContext): void {
  const heard = connector.takeAlerts?.() ?? [];
  if (heard.length === 0) return;
  const now = clock.now();
  const stored = (getSetting(store.read, alertsKey(accountId)) ?? {}) as Record<string, number>;
  // A clock that was set back makes nothing wait for longer than a day.
  const recent = Object.entries(stored).filter(([, at]) => Math.abs(now - at) < DAY_MS);
  const shown = new Map(recent);
  for (const text of heard) {
    const key = hash('sha256', text, 'base64url').slice(0, 16);
    if (shown.has(key)) continue;
    shown.set(key, now);
    announceAlert(text);
  }
  if (shown.size === recent.length) return;
  const kept = Object.fromEntries([...shown].slice(-MOST_REMEMBERED));
  store.writeTx('server', (tx) => setSetting(tx, alertsKey(accountId), kept));
}
