import type { HostBridge } from '../../shared/contract/bridge';

/**
 * Whether calls reach the host. This is about the host process, not about the mail servers: 'connecting' = the socket
 * dropped and comes back by itself; 'ended' = the session is over, a new link is needed.
 */
export type ConnectionState = 'open' | 'connecting' | 'ended';

/** A bridge that also tells how it is connected. In Electron it is always 'open'. */
export interface ConnectedBridge extends HostBridge {
  connection(): ConnectionState;
  /** Called after each change of state; returns the function that ends the subscription. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
}

export function alwaysConnected(bridge: HostBridge): ConnectedBridge {
  return {
    platform: bridge.platform,
    call: (method, input) => bridge.call(method, input),
    subscribe: (listener) => bridge.subscribe(listener),
    connection: () => 'open',
    onConnection: () => () => {},
  };
}
