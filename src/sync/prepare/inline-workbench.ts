import { ok } from '../../shared/outcome';
import type { Workbench } from '../ports/workbench';
import { doJob } from './do-job';

/** Does every job where it is called: for tests, and for hosts that have no thread to spare. */
export function createInlineWorkbench(): Workbench {
  return {
    run: async (name, given) => ok(doJob(name, given)),
    room: async () => undefined,
    close: async () => undefined,
  };
}
