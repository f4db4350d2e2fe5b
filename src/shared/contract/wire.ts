import { z } from 'zod';
import { Reply } from './bridge';
import { HostEvent } from './events';

/**
 * The contract over one WebSocket of the headless host: JSON text frames, each below MAX_MESSAGE_BYTES. The session
 * cookie authenticates the upgrade; before that the window exchanges the token of its URL's fragment (APP-392) by
 * `POST SESSION_PATH` with a SessionRequest as JSON, answered with 204 and the cookie, or 401. `GET SESSION_PATH`
 * answers 204 while the cookie is good, else 401: a refused upgrade does not tell a window why.
 */
export const RPC_PATH = '/rpc';
export const SESSION_PATH = '/session';

export const SessionRequest = z.strictObject({ token: z.string().min(1).max(500) });
export type SessionRequest = z.infer<typeof SessionRequest>;

/** A call: `id` is the window's own counter and comes back with the reply. */
export const ClientFrame = z.strictObject({
  id: z.int().positive(),
  method: z.string().min(1).max(100),
  input: z.unknown(),
});
export type ClientFrame = z.infer<typeof ClientFrame>;

/** The answer to one call, or something every window is told. */
export const ServerFrame = z.union([
  z.strictObject({ id: z.int().positive(), reply: Reply }),
  z.strictObject({ event: HostEvent }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** The first frame of the profile's local socket: the visitor is let in, and whether this engine goes to the servers. */
export const Welcome = z.strictObject({ welcome: z.strictObject({ autonomous: z.boolean() }) });
export type Welcome = z.infer<typeof Welcome>;
