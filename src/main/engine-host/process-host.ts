import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { FromWorker } from '../workers/worker-messages';
import type { EngineHost } from './engine-host';
import { unpackedPath } from './unpacked-path';
import { semiSpaceMib } from './worker-memory';

/**
 * Starts workers as processes of a plain Node: for profiling with Node's own tools, and for an Electron whose Node is
 * older than our SQLite build. A child notices by its closed pipe that its parent died, and ends itself.
 */
export function createProcessHost(buildDir: string, nodePath: string): EngineHost {
  return {
    kind: 'process',
    start: (name) => {
      const script = unpackedPath(join(buildDir, `${name}.js`));
      const child = spawn(nodePath, [`--max-semi-space-size=${semiSpaceMib(name)}`, script], {
        // Its stdout must not mix with ours, which carries answers (CLI-002).
        stdio: ['ignore', 2, 2, 'ipc'],
        serialization: 'advanced',
        windowsHide: true,
        env: childEnvironment(),
      });
      let told = false;
      const exits: ((reason: string) => void)[] = [];
      const gone = (reason: string) => {
        if (told) return;
        told = true;
        for (const listener of exits) listener(reason);
      };
      child.once('error', (error) => gone(error.name));
      child.once('exit', (code, signal) => gone(signal ?? `exit ${code}`));
      return {
        post: (message) => {
          // A pipe that breaks in between is reported by the exit, so its error is of no use here.
          if (child.connected) child.send(message, () => undefined);
        },
        onMessage: (listener) => child.on('message', (message) => listener(message as FromWorker)),
        onExit: (listener) => exits.push(listener),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}

/** The parent's environment without what would change how a plain Node starts, or name a secret. */
function childEnvironment(): NodeJS.ProcessEnv {
  const {
    NODE_OPTIONS: _options,
    ELECTRON_RUN_AS_NODE: _asNode,
    HOMEPORT_PASSPHRASE: _secret,
    ...rest
  } = process.env;
  return rest;
}
