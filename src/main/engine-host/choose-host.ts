import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { EngineHost } from './engine-host';
import { findNode } from './find-node';
import { canRunSqlite, OLDEST_NODE } from './node-version';
import { createProcessHost } from './process-host';
import { createThreadHost } from './thread-host';

/**
 * Threads where this process's own Node can load SQLite, else processes of a Node that can. HOMEPORT_ENGINE_HOST=process
 * asks for processes everywhere, for profiling.
 * @param buildDir where engine.js and reader.js are
 */
export async function chooseEngineHost(buildDir: string): Promise<Outcome<EngineHost, Failure>> {
  const wantsProcess = process.env.HOMEPORT_ENGINE_HOST === 'process';
  if (!wantsProcess && canRunSqlite(process.versions.node)) return ok(createThreadHost(buildDir));
  const nodePath = await findNode();
  if (nodePath !== null) return ok(createProcessHost(buildDir, nodePath));
  return fail({
    kind: 'internal',
    message: `The mail engine needs Node ${OLDEST_NODE} or newer, and none was found.`,
    hint: 'Install Node 24 from https://nodejs.org, or set HOMEPORT_NODE to its executable.',
  });
}
