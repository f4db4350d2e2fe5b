import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../sync/ports/clock';

const WINDOW_MS = 5 * 60_000;
/** Wrong passwords from one address within WINDOW_MS; then it has to wait. */
const MOST_FAILURES = 10;
const MOST_ADDRESSES = 10_000;

export interface PasswordGate {
  /** 'wait' = too many wrong ones from this address. */
  check(password: string, address: string): 'right' | 'wrong' | 'wait';
}

/** The user password of a host that other computers can reach (APP-391). Kept as a keyed digest, in memory only. */
export function createPasswordGate(clock: Clock, password: string): PasswordGate {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', key).update(text.normalize('NFC')).digest();
  const expected = digest(password);
  const failures = new Map<string, { count: number; since: number }>();
  return {
    check: (given, address) => {
      const now = clock.monotonic();
      const known = failures.get(address);
      const entry = known !== undefined && now - known.since < WINDOW_MS ? known : { count: 0, since: now };
      if (entry.count >= MOST_FAILURES) return 'wait';
      if (timingSafeEqual(digest(given), expected)) {
        failures.delete(address);
        return 'right';
      }
      if (failures.size >= MOST_ADDRESSES) failures.clear();
      failures.set(address, { ...entry, count: entry.count + 1 });
      return 'wrong';
    },
  };
}
