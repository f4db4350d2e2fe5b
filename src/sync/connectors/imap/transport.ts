/**
 * The sockets under a connection. The library asks us for them, so that the certificate is judged by our rules before
 * a single byte of the session is written (SYNC-010), and so that a failed attempt knows how far it came.
 */
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import type { ImapTransport, ImapTransportSocket } from 'imapflow';
import { judgeCertificate } from './certificate';
import type { ImapAccountSettings } from './settings';

/** How far an attempt to connect came: the first stage that is not finished is the one that failed. */
export type ConnectStage = 'connect' | 'tls' | 'greeting' | 'login';

/** Routers forget quiet connections; TCP asks after this long without traffic (SYNC-117). */
const KEEP_ALIVE_MS = 60_000;

export function createTransport(
  settings: Pick<ImapAccountSettings, 'server' | 'caPem' | 'pinned'>,
  onStage: (stage: ConnectStage) => void,
): ImapTransport {
  const { host, port, security } = settings.server;
  const secure = (socket: Socket, done: () => void): ImapTransportSocket => {
    onStage('tls');
    return startTls(settings, socket, () => {
      onStage(security === 'tls' ? 'greeting' : 'login');
      done();
    });
  };
  return {
    connect: (_options, onConnect) => {
      const socket = connectPlain({ host, port });
      socket.setNoDelay(true);
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      if (security === 'tls') return secure(socket, onConnect);
      socket.once('connect', () => {
        onStage('greeting');
        onConnect();
      });
      return socket;
    },
    // The socket is the one connect() above made.
    upgrade: (socket, _options, onSecure) => secure(socket as Socket, onSecure),
  };
}

/**
 * TLS with the certificate judged here: Node only reports its verdict, and a refusal destroys the socket before
 * `done` is called. There is no way around the verdict but a pinned fingerprint.
 */
function startTls(
  settings: Pick<ImapAccountSettings, 'server' | 'caPem' | 'pinned'>,
  socket: Socket,
  done: () => void,
): TLSSocket {
  const { host, port } = settings.server;
  const tls = connectTls({
    socket,
    host,
    ...(isIpAddress(host) ? {} : { servername: host }),
    ...(settings.caPem === null ? {} : { ca: [...getCACertificates('default'), settings.caPem] }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
  });
  socket.on('error', (error) => tls.destroy(error));
  tls.once('secureConnect', () => {
    const rejected = judgeCertificate(tls, host, port, settings.pinned);
    if (rejected) tls.destroy(rejected);
    else done();
  });
  return tls;
}

function isIpAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}
