/**
 * The sockets under a connection. The library asks us for them, so that the certificate is judged by our rules before
 * a single byte of the session is written (SYNC-010), and so that a failed attempt knows how far it came.
 */
import { connect as connectPlain, type Socket } from 'node:net';
import type { ImapTransport, ImapTransportSocket } from 'imapflow';
import { keepAlive, startTls } from '../link/start-tls';
import type { ImapAccountSettings } from './settings';

/** How far an attempt to connect came: the first stage that is not finished is the one that failed. */
export type ConnectStage = 'connect' | 'tls' | 'greeting' | 'login';

export function createTransport(
  settings: Pick<ImapAccountSettings, 'server' | 'caPem' | 'pinned'>,
  onStage: (stage: ConnectStage) => void,
): ImapTransport {
  const { host, port, security } = settings.server;
  const secure = (socket: Socket, done: () => void): ImapTransportSocket => {
    onStage('tls');
    const tls = startTls({ host, port, caPem: settings.caPem, pinned: settings.pinned }, socket, () => {
      onStage(security === 'tls' ? 'greeting' : 'login');
      done();
    });
    return keepAlive(tls);
  };
  return {
    connect: (_options, onConnect) => {
      const socket = keepAlive(connectPlain({ host, port }));
      socket.setNoDelay(true);
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
