import type { HostEvent } from '../../shared/contract/events';

type Listener = (event: HostEvent) => void;
const listeners = new Set<Listener>();

/** Every event of the host, for whoever shows it. Returns the function that ends the subscription. */
export function onHostEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called by the composition root with what the bridge receives. */
export function publishHostEvent(event: HostEvent): void {
  for (const listener of [...listeners]) listener(event);
}
