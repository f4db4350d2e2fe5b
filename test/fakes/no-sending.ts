import { ok } from '../../src/shared/outcome';
import type { SupervisorDeps } from '../../src/sync/engine/supervisor';

/** A supervisor of accounts that only receive. */
export const noSending: Pick<SupervisorDeps, 'draftSource' | 'submission' | 'markRelated'> = {
  draftSource: async () => ok(null),
  submission: () => null,
  markRelated: async () => undefined,
};
