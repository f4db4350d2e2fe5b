import type { z } from 'zod';
import type { METHODS } from '../../shared/contract/methods';
import type { Outcome } from '../../shared/outcome';

/** The methods of place 'host': answered by the process that owns the windows, not by a worker. */
export const HOST_METHOD_NAMES = [
  'host.info',
  'vault.put',
  'vault.forget',
  'content.url',
  'content.save',
  'content.stopSaving',
  'content.open',
  'content.drag',
  'viewer.open',
  'links.open',
  'host.becomeDefaultApp',
  'window.open',
  'window.print',
  'session.link',
  'session.signOutEverywhere',
  'debug.loopDelay',
  'stats.get',
] as const satisfies readonly (keyof typeof METHODS)[];

export type HostMethodName = (typeof HOST_METHOD_NAMES)[number];

/** The window that asks, where the host has windows of its own. */
export interface Caller {
  readonly windowId: number;
}

/** One handler per host method; input and answer are the contract's. */
export type HostMethods = {
  readonly [M in HostMethodName]: (
    input: z.output<(typeof METHODS)[M]['input']>,
    caller?: Caller,
  ) => Promise<Outcome<z.output<(typeof METHODS)[M]['output']>>>;
};
