/** Runs the chosen plan (SYNC-070); what it yields is stored in that order, one transaction per batch. */
import { fail, ok } from '../../../shared/outcome';
import type { Clock } from '../../ports/clock';
import type { Workbench } from '../../ports/workbench';
import type { PullRequest } from '../contract';
import type { ConnectionPool } from './connection-pool';
import { pullChanges } from './pull-changes';
import type { PullContext, PullStream } from './pull-context';
import { ofThisMailbox } from './pull-failures';
import { pullBackfill, pullInitial } from './pull-initial';

export function pull(
  pool: ConnectionPool,
  clock: Clock,
  workbench: Workbench,
  request: PullRequest,
  signal: AbortSignal,
): PullStream {
  const context: PullContext = {
    request,
    clock,
    workbench,
    signal,
    step: (work) =>
      pool.use('bulk', signal, async (session) => {
        const result = await work(session);
        return result.ok ? ok(result.value) : fail(ofThisMailbox(result.error));
      }),
  };
  switch (request.plan.kind) {
    case 'initial':
    case 'revalidate':
      return pullInitial(context);
    case 'backfill':
      return pullBackfill(context);
    case 'qresync':
    case 'condstore':
    case 'window-scan':
      return pullChanges(context);
  }
}
