import { networkInterfaces } from 'node:os';
import type { Clock } from '../../sync/ports/clock';

/** Two looks fit into the 10 s within which everything is up to date again (APP-276). */
export const LOOK_EVERY_MS = 5000;
/** A busy computer is late by less than this; one that slept, or whose clock was set, by more. */
export const JUMP_MS = 15_000;

export interface WakeWatch {
  readonly clock: Clock;
  /** Under what addresses this computer is reachable; another text is another network. */
  readonly addresses: () => string;
  readonly woke: () => void;
}

/**
 * Notices what breaks connections without a word: the computer or this program slept, the clock was set, or the network
 * is another one (APP-276). The system tells some of it to some hosts; looking works everywhere.
 * @returns the function that ends it
 */
export function watchWake({ clock, addresses, woke }: WakeWatch): () => void {
  let wall = clock.now();
  let network = addresses();
  let cancel = (): void => undefined;
  const look = (): void => {
    const elapsed = clock.now() - wall;
    const here = addresses();
    const jumped = elapsed < 0 || elapsed > LOOK_EVERY_MS + JUMP_MS;
    // Without any address there is nothing to connect from yet.
    const moved = here !== network && here !== '';
    wall = clock.now();
    network = here;
    cancel = clock.after(LOOK_EVERY_MS, look);
    if (jumped || moved) woke();
  };
  cancel = clock.after(LOOK_EVERY_MS, look);
  return () => cancel();
}

/** IPv4 addresses by interface: those of IPv6 change by themselves for privacy while the network stays the same. */
export function systemAddresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, all = []]) =>
      all
        .filter(({ internal, family }) => !internal && family === 'IPv4')
        .map(({ address }) => `${name} ${address}`),
    )
    .sort()
    .join('\n');
}
