import type { MessagePort } from 'node:worker_threads';
import type { JobGiven, JobMade, JobName } from '../../sync/ports/workbench';
import { inOwnMemory, memoryOf } from './own-memory';

/** Engine to bench: one job. */
export interface JobMessage {
  readonly id: number;
  readonly name: JobName;
  readonly given: JobGiven<JobName>;
}

/** Bench to engine: what was made of it, or the kind of error it ended with. */
export type MadeMessage =
  | { readonly id: number; readonly made: JobMade<JobName> }
  | { readonly id: number; readonly error: string };

/** Does jobs in the order they come, one at a time. */
export function serveWorkbench(
  port: MessagePort,
  doJob: (name: JobName, given: JobGiven<JobName>) => JobMade<JobName>,
): void {
  port.on('message', ({ id, name, given }: JobMessage) => {
    try {
      const made = inOwnMemory(doJob(name, given));
      port.postMessage({ id, made } satisfies MadeMessage, memoryOf(made));
    } catch (error) {
      const code = (error as { code?: unknown } | null)?.code;
      // Never the message: it could quote what a stranger wrote (SYNC-311).
      const kind = typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
      port.postMessage({ id, error: kind } satisfies MadeMessage);
    }
  });
}
