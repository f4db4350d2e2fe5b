import type { HostEvent } from '../../shared/contract/events';

const REQUESTS = ['command', 'open-message', 'open-link', 'ask-default-app'] as const;
type Listener = (event: HostEvent) => void;
const listeners = new Set<Listener>();

/** What menu, notification, link or a second start ask the window to do. */
export type WindowRequest = Extract<HostEvent, { kind: (typeof REQUESTS)[number] }>;
type RequestListener = (request: WindowRequest) => void;

/** More than a person asks for while a window comes up. */
const MAX_EARLY = 10;
let early: WindowRequest[] = [];
let answering: RequestListener | null = null;

/** Every event of the host, for whoever shows it. Returns the function that ends the subscription. */
export function onHostEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The one place that does what is asked of the window. What was asked before the screen stood is handed over at once: a
 * click on a notification may be what opened this window. Returns the function that stops it.
 */
export function onWindowRequest(listener: RequestListener): () => void {
  answering = listener;
  const waiting = early;
  early = [];
  for (const request of waiting) listener(request);
  return () => {
    if (answering === listener) answering = null;
  };
}

/** Called by the composition root with what the bridge receives. */
export function publishHostEvent(event: HostEvent): void {
  if (isWindowRequest(event)) {
    if (answering === null) early = [...early, event].slice(-MAX_EARLY);
    else answering(event);
    return;
  }
  for (const listener of [...listeners]) listener(event);
}

function isWindowRequest(event: HostEvent): event is WindowRequest {
  return REQUESTS.some((kind) => kind === event.kind);
}
