import type { PendingView } from '../../shared/contract/views';
import { maskPersonal } from '../../shared/mask-personal';

/**
 * Facts about changes that help whoever looks for a fault, and nothing about people: no titles (folder names), names,
 * addresses or subjects; of the server's words only those that name nothing (APP-193). JSON, one entry per change.
 */
export function diagnosticsOf(changes: readonly PendingView[]): string {
  const facts = changes.map((change) => ({
    kind: change.kind,
    origin: change.origin,
    state: change.state,
    messages: change.targetCount,
    createdAt: new Date(change.createdAt).toISOString(),
    attempts: change.attempts,
    troubled: change.troubled,
    failure:
      change.failure === null
        ? null
        : {
            kind: change.failure.kind,
            reason: change.failure.reason,
            server: maskPersonal(change.failure.serverText ?? ''),
          },
  }));
  return JSON.stringify({ changes: facts }, null, 2);
}
