import type { Outcome } from '../../../shared/outcome';
import { CANCELLED } from '../link/link-failures';
import type { ImapSession } from './session';

type Task<T> = (session: ImapSession) => Promise<Outcome<T>>;

/**
 * A task that ends at once when nobody waits for it any more. IMAP cannot take a command back, so the connection ends
 * with it: the server stops its work, and the next task opens another one. Not for what changes something there.
 */
export function stoppable<T>(signal: AbortSignal, task: Task<T>): Task<T> {
  return async (session) => {
    const stop = () => session.destroy(CANCELLED);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await task(session);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}
