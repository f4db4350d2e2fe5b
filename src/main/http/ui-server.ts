import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HostEvent } from '../../shared/contract/events';
import { RPC_PATH } from '../../shared/contract/wire';
import type { Logger } from '../../sync/ports/logger';
import { type Answer, emptyAnswer } from '../content/answer';
import type { Router } from '../router';
import { appHeaders } from '../security/app-headers';
import { judgeRequest } from './judge-request';
import { answerRequest, type RoutesOptions } from './routes';
import { createRpcSockets } from './rpc-sockets';
import { readSessionCookie } from './session-cookie';
import type { Site } from './site';

/** A browser sends a few kilobytes; more is somebody probing. */
const MAX_HEADER_BYTES = 16_384;
const REQUEST_WITHIN_MS = 30_000;

export interface UiServerOptions extends RoutesOptions {
  readonly site: Site;
  /** 0 picks a free one. */
  readonly port: number;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  readonly call: Router;
  onEvent(listener: (event: HostEvent) => void): () => void;
  readonly logger: Logger;
}

export interface UiServer {
  readonly port: number;
  /** Address for a browser on this computer, without a trailing slash; the public URL where there is one. */
  readonly url: string;
  close(): Promise<void>;
}

/** The window's server: static files, message content and the contract over WebSockets (APP-390 to APP-399). */
export async function startUiServer(options: UiServerOptions): Promise<UiServer> {
  const { site, logger, access } = options;
  const sockets = createRpcSockets(options.call, options.onEvent);
  access.onEnded(() => sockets.endSessions());
  const limits = { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: REQUEST_WITHIN_MS };
  const server: Server =
    options.tls === null
      ? createServer(limits)
      : createTlsServer({ ...limits, ...options.tls, minVersion: 'TLSv1.2' });

  server.on('request', (request, response) => {
    const judged = judgeRequest(site, factsOf(request, false));
    if (judged.kind === 'refused') {
      logger.warn('http.refused', { status: judged.status, reason: judged.reason });
      return send(request, response, emptyAnswer(judged.status, appHeaders("'self'", site.secure)));
    }
    answerRequest(options, request, judged).then(
      (answer) => send(request, response, answer),
      (error: unknown) => {
        logger.error('http.bug', { error: error instanceof Error ? error.name : typeof error });
        send(request, response, emptyAnswer(500));
      },
    );
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const judged = judgeRequest(site, factsOf(request, true));
    if (judged.kind === 'refused') {
      logger.warn('http.refused', { status: judged.status, reason: judged.reason });
      return refuseUpgrade(socket, judged.status);
    }
    if (!options.withUi || judged.path !== RPC_PATH) return refuseUpgrade(socket, 404);
    const scope = { port: request.socket.localPort ?? 0, secure: judged.secure, prefix: judged.prefix };
    const session = readSessionCookie(scope, request.headers.cookie);
    if (session === null || !access.isOpen(session)) return refuseUpgrade(socket, 401);
    sockets.accept(request, socket, head);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: site.host, port: options.port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: site.publicUrl?.href.replace(/\/+$/, '') ?? localUrl(site, port),
    close: async () => {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function factsOf(request: IncomingMessage, upgrade: boolean) {
  const { socket, headers } = request;
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '',
    headers,
    remoteAddress: socket.remoteAddress ?? '',
    localAddress: socket.localAddress ?? '',
    localPort: socket.localPort ?? 0,
    upgrade,
  };
}

function localUrl(site: Site, port: number): string {
  const everywhere = site.host === '0.0.0.0' || site.host === '::';
  const host = everywhere ? '127.0.0.1' : site.host.includes(':') ? `[${site.host}]` : site.host;
  return `${site.secure ? 'https' : 'http'}://${host}:${port}`;
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(request.method === 'HEAD' ? null : answer.body);
  // A body nobody wants to read must not keep the connection waiting.
  request.resume();
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
