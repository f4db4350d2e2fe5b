import type { Network, NetworkState } from './network';

/**
 * A network whose state the host reports (Electron knows; plain Node does not and stays 'online', so that only real
 * attempts decide).
 */
export function createReportedNetwork(
  initial: NetworkState = 'online',
): Network & { report(state: NetworkState): void } {
  let current = initial;
  const listeners = new Set<(state: NetworkState) => void>();
  return {
    state: () => current,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    report: (state) => {
      if (state === current) return;
      current = state;
      for (const listener of listeners) listener(state);
    },
  };
}
