import type { HostBridge } from '../../shared/contract/bridge';
import { RPC_PATH, SESSION_PATH, type SessionRequest } from '../../shared/contract/wire';
import { alwaysConnected, type ConnectedBridge } from './connected-bridge';
import { createSocketBridge, type Socket } from './socket-bridge';

declare global {
  interface Window {
    /** What the preload exposes in Electron (APP-361). */
    readonly homeport?: HostBridge;
  }
}

/**
 * The way to the host: the preload's object in Electron, else a socket to the origin this page came from. A token in
 * the URL's fragment is exchanged for the session cookie first and taken out of the address bar (APP-392).
 */
export async function openBridge(): Promise<ConnectedBridge> {
  if (window.homeport) return alwaysConnected(window.homeport);
  await exchangeToken();
  const url = new URL(`.${RPC_PATH}`, document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createSocketBridge({
    open: () => new WebSocket(url) as Socket,
    platform: 'web',
    later: (run, ms) => void window.setTimeout(run, ms),
    signedIn: () =>
      fetch(sessionUrl()).then(
        ({ status }) => status !== 401,
        () => true,
      ),
  });
}

async function exchangeToken(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  const body: SessionRequest = { token };
  // A refused token still leaves a session that is already open; without one `signedIn` finds out.
  await fetch(sessionUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  history.replaceState(null, '', location.pathname + location.search);
}

function sessionUrl(): URL {
  return new URL(`.${SESSION_PATH}`, document.baseURI);
}
