import { readdirSync, readFileSync } from 'node:fs';
import type { AppHost } from './app-host';

/** Of every tenth of a second the engine gets this much: what takes it a second takes ten. */
const STOPPED_MS = 90;
const RUNNING_MS = 10;

/**
 * Lets the engine work as on a machine that is busy with other programs, until the answer is called: what a quick machine
 * has done before a word is said can be watched and stopped.
 */
export function slowEngine(host: AppHost): () => void {
  const pid = host.electron ? engineOf(host.electron.process().pid ?? 0) : (host.process?.ready.pid ?? 0);
  if (pid === 0) throw new Error('the engine has no process');
  let timer: NodeJS.Timeout;
  const stop = (): void => {
    process.kill(pid, 'SIGSTOP');
    timer = setTimeout(run, STOPPED_MS);
  };
  const run = (): void => {
    process.kill(pid, 'SIGCONT');
    timer = setTimeout(stop, RUNNING_MS);
  };
  stop();
  return () => {
    clearTimeout(timer);
    process.kill(pid, 'SIGCONT');
  };
}

/** The desktop's engine is a process of its own where Electron's Node is older than ours. */
function engineOf(parent: number): number {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, parentOf = ''] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      const isEngine = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('engine.js');
      if (Number(parentOf) === parent && isEngine) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  return 0;
}
