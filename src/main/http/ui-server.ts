import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HostEvent } from '../../shared/contract/events';
import { RPC_PATH } from '../../shared/contract/wire';
import type { Logger } from '../../sync/ports/logger';
import { type Answer, emptyAnswer, sizedHeaders } from '../content/answer';
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
  // A request without Host is judged like one with a wrong one.
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    requestTimeout: REQUEST_WITHIN_MS,
    requireHostHeader: false,
  };
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
        send(request, response, emptyAnswer(500, appHeaders("'self'", site.secure)));
      },
    );
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const judged = judgeRequest(site, factsOf(request, true));
    if (judged.kind === 'refused') {
      logger.warn('http.refused', { status: judged.status, reason: judged.reason });
      return refuseOn(socket, judged.status, site.secure);
    }
    if (!options.withUi || judged.path !== RPC_PATH) return refuseOn(socket, 404, site.secure);
    const scope = { port: request.socket.localPort ?? 0, secure: judged.secure, prefix: judged.prefix };
    const session = readSessionCookie(scope, request.headers.cookie);
    if (session === null || !access.isOpen(session)) return refuseOn(socket, 401, site.secure);
    sockets.accept(request, socket, head);
  });

  server.on('clientError', (_error, socket: Duplex) => refuseOn(socket, 400, site.secure));

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
  const { socket, headers, headersDistinct } = request;
  // Of two hosts Node keeps the first and somebody on the way may have gone by the second: neither counts.
  const host = headersDistinct.host?.length === 1 ? headers.host : undefined;
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '',
    headers: { ...headers, host },
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
  response.writeHead(answer.status, sizedHeaders(answer));
  response.end(request.method === 'HEAD' ? null : answer.body);
  // A body nobody wants to read must not keep the connection waiting.
  request.resume();
}

/** An answer where there is no response object: upgrades, and what is no HTTP. */
function refuseOn(socket: Duplex, status: number, secure: boolean): void {
  if (!socket.writable) return void socket.destroy();
  const headers = { ...emptyAnswer(status, appHeaders("'self'", secure)).headers, 'content-length': '0' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\n${lines.join('\r\n')}\r\n\r\n`);
}
