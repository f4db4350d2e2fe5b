import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../sync/ports/clock';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a link that nobody opened works. */
const LINK_LIFETIME_MS = 60 * MINUTE_MS;
/** A session ends this long after its last use, and at the latest after SESSION_LIFETIME_MS. */
const SESSION_IDLE_MS = 7 * DAY_MS;
export const SESSION_LIFETIME_MS = 30 * DAY_MS;
const TOKEN_BYTES = 32;
const MOST_LINKS = 20;
const MOST_SESSIONS = 200;

interface Session {
  readonly openedAt: number;
  usedAt: number;
}

/** Who may use the window's server (APP-392): one-time links, and the sessions they were exchanged for. */
export interface Access {
  /** A token that works once, for LINK_LIFETIME_MS. */
  createLink(): string;
  /** The session a link is worth, or null for one that is unknown, used or too old. */
  redeem(token: string): string | null;
  openSession(): string;
  /** True for a live session; counts as its use. */
  isOpen(session: string): boolean;
  /** "Sign out everywhere": ends every session and voids every link; answers how many sessions there were. */
  endAll(): number;
  onEnded(listener: () => void): void;
}

export function createAccess(clock: Clock): Access {
  // Only digests are kept: neither a memory dump nor the time a comparison takes tells a token.
  const links = new Map<string, number>();
  const sessions = new Map<string, Session>();
  const listeners: (() => void)[] = [];
  const openSession = (): string => {
    dropOldest(sessions, MOST_SESSIONS);
    const session = newToken();
    sessions.set(digest(session), { openedAt: clock.now(), usedAt: clock.now() });
    return session;
  };
  return {
    createLink: () => {
      dropOldest(links, MOST_LINKS);
      const token = newToken();
      links.set(digest(token), clock.now() + LINK_LIFETIME_MS);
      return token;
    },
    redeem: (token) => {
      const found = findEqual(links.keys(), digest(token));
      if (found === null) return null;
      const until = links.get(found) ?? 0;
      links.delete(found);
      return until > clock.now() ? openSession() : null;
    },
    openSession,
    isOpen: (session) => {
      const found = findEqual(sessions.keys(), digest(session));
      const facts = found === null ? undefined : sessions.get(found);
      if (found === null || facts === undefined) return false;
      const now = clock.now();
      if (now - facts.usedAt > SESSION_IDLE_MS || now - facts.openedAt > SESSION_LIFETIME_MS) {
        sessions.delete(found);
        return false;
      }
      facts.usedAt = now;
      return true;
    },
    endAll: () => {
      const ended = sessions.size;
      sessions.clear();
      links.clear();
      for (const listener of listeners) listener();
      return ended;
    },
    onEnded: (listener) => {
      listeners.push(listener);
    },
  };
}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Looks at every candidate in constant time each, so that neither position nor likeness shows. */
function findEqual(candidates: Iterable<string>, wanted: string): string | null {
  const bytes = Buffer.from(wanted, 'hex');
  let found: string | null = null;
  for (const candidate of candidates) {
    if (timingSafeEqual(Buffer.from(candidate, 'hex'), bytes)) found = candidate;
  }
  return found;
}

function dropOldest(entries: Map<string, unknown>, most: number): void {
  const oldest = entries.keys().next();
  if (entries.size >= most && !oldest.done) entries.delete(oldest.value);
}
