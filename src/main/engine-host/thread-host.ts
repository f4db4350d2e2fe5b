import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromWorker } from '../workers/worker-messages';
import type { EngineHost } from './engine-host';
import { unpackedPath } from './unpacked-path';
import { YOUNG_GENERATION_MIB } from './worker-memory';

/** Starts workers as threads of this process: the default, and the cheapest way to hand over bytes. */
export function createThreadHost(buildDir: string): EngineHost {
  return {
    kind: 'thread',
    start: (name) => {
      const worker = new Worker(unpackedPath(join(buildDir, `${name}.js`)), {
        name,
        stdout: false,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB[name] },
      });
      let reason = 'ended';
      worker.on('error', (error) => {
        reason = error.name;
      });
      return {
        post: (message) => worker.postMessage(message),
        onMessage: (listener) => worker.on('message', (message: FromWorker) => listener(message)),
        onExit: (listener) => worker.once('exit', () => listener(reason)),
        kill: () => void worker.terminate(),
      };
    },
  };
}
