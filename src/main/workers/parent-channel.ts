import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker-messages';

/** A worker's line to whoever started it. */
export interface ParentChannel {
  post(message: FromWorker): void;
  listen(listener: (message: ToWorker) => void): void;
  /** Calls when the other side is gone without a goodbye; only a process can outlive its parent. */
  onOrphaned(listener: () => void): void;
}

/** The channel of this thread or child process. Throws when the entry was started by hand. */
export function parentChannel(): ParentChannel {
  const port = parentPort;
  if (port !== null) {
    return {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', listener),
      onOrphaned: () => undefined,
    };
  }
  if (process.send === undefined) throw new Error('A worker entry is started by its host, not by hand.');
  // Ctrl-C and a service manager's stop reach the whole process group; the host decides when we stop.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  return {
    post: (message) => {
      if (process.connected) process.send?.(message);
    },
    listen: (listener) => process.on('message', (message) => listener(message as ToWorker)),
    onOrphaned: (listener) => process.on('disconnect', listener),
  };
}
