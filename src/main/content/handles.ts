import { randomBytes } from 'node:crypto';
import type { Clock } from '../../sync/ports/clock';

/** 192 random bits: a handle cannot be guessed, so knowing one is the permission to use it. */
const HANDLE_BYTES = 24;

/** Short-lived names for things that may be fetched by URL. */
export interface Handles<T> {
  create(value: T): string;
  /** The value, as often as asked. */
  get(handle: string): T | null;
  /** The value, this once. */
  take(handle: string): T | null;
  clear(): void;
}

/**
 * @param lifetimeMs how long a handle works
 * @param most how many are remembered; the oldest go first
 */
export function createHandles<T>(clock: Clock, lifetimeMs: number, most: number): Handles<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>();
  const get = (handle: string): T | null => {
    const entry = entries.get(handle);
    if (entry === undefined) return null;
    if (entry.until > clock.monotonic()) return entry.value;
    entries.delete(handle);
    return null;
  };
  return {
    create: (value) => {
      const oldest = entries.keys().next();
      if (entries.size >= most && !oldest.done) entries.delete(oldest.value);
      const handle = randomBytes(HANDLE_BYTES).toString('hex');
      entries.set(handle, { value, until: clock.monotonic() + lifetimeMs });
      return handle;
    },
    get,
    take: (handle) => {
      const value = get(handle);
      entries.delete(handle);
      return value;
    },
    clear: () => entries.clear(),
  };
}
