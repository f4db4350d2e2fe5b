import type { HostBridge, Reply } from '../shared/contract/bridge';
import type { HostEvent } from '../shared/contract/events';
import { IPC_CALL, IPC_EVENT } from '../shared/contract/ipc';

/** The part of Electron's ipcRenderer that is used. */
export interface Ipc {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  on(channel: string, listener: (event: unknown, payload: unknown) => void): unknown;
}

/**
 * The one object the page gets (APP-361): three members, frozen. Electron's own event objects stay here, because they
 * would hand the page a way to send anything anywhere.
 */
export function createBridge(ipc: Ipc, platform: string): HostBridge {
  const listeners = new Set<(event: HostEvent) => void>();
  ipc.on(IPC_EVENT, (_event, payload) => {
    for (const listener of listeners) listener(payload as HostEvent);
  });
  return Object.freeze({
    call: (method: string, input: unknown) => ipc.invoke(IPC_CALL, method, input) as Promise<Reply>,
    subscribe: (listener: (event: HostEvent) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    platform,
  });
}
