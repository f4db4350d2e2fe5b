import { useEffect, useState, useSyncExternalStore } from 'react';
import type { DraftView } from '../../shared/contract/compose-views';
import type { DraftId } from '../../shared/domain';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { DraftSession, type DraftSnapshot } from './draft-session';

const sessions = new Map<DraftId, DraftSession>();

/** The one session of a draft in this window, begun with what the host says. */
export function sessionOf(view: DraftView): DraftSession {
  const known = sessions.get(view.id);
  if (known) return known;
  const session = new DraftSession(view, {
    call,
    later: (run, ms) => {
      const timer = window.setTimeout(run, ms);
      return () => window.clearTimeout(timer);
    },
  });
  sessions.set(view.id, session);
  return session;
}

export function forgetSession(draftId: DraftId): void {
  sessions.delete(draftId);
}

/** A window that goes away saves first; the 400 ms are for those that are killed. */
export function flushAll(): void {
  for (const session of sessions.values()) void session.flush();
}

/** A draft's session, kept up with what the host says; null while it is read, 'gone' when it is no draft any more. */
export function useSession(draftId: DraftId): DraftSession | 'gone' | null {
  const { data } = useLiveQuery('drafts.get', { draftId }, [`draft:${draftId}`]);
  const [session, setSession] = useState<DraftSession | null>(() => sessions.get(draftId) ?? null);
  useEffect(() => {
    if (!data) return;
    const current = sessionOf(data);
    current.observe(data);
    setSession(current);
  }, [data]);
  return data === null ? 'gone' : session;
}

export function useDraft(session: DraftSession): DraftSnapshot {
  return useSyncExternalStore(session.subscribe, session.snapshot);
}
