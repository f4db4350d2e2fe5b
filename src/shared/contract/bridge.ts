import { z } from 'zod';
import type { HostEvent } from './events';
import { FailureView } from './views';

/** What every call answers on the wire; failures are values on both sides. */
export const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: FailureView }),
]);
export type Reply = z.infer<typeof Reply>;

/** The one frozen object the preload exposes as `window.homeport` (APP-361); over the socket the renderer builds the same. */
export interface HostBridge {
  call(method: string, input: unknown): Promise<Reply>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: HostEvent) => void): () => void;
  readonly platform: string;
}
