import type { Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import type { PinnedCertificate } from '../../../shared/contract/imap-settings';
import { judgeCertificate } from './certificate';

/** Routers forget quiet connections; TCP asks after this long without traffic (SYNC-117). */
export const KEEP_ALIVE_MS = 60_000;

/** Keep-alive as we want it; who else has an opinion (the library's is five seconds) is not asked. */
export function keepAlive<S extends Socket>(socket: S): S {
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.setKeepAlive = () => socket;
  return socket;
}

export interface TlsRules {
  readonly host: string;
  readonly port: number;
  /** PEM bundle to trust besides the usual authorities. */
  readonly caPem: string | null;
  readonly pinned: readonly PinnedCertificate[];
}

/**
 * TLS with the certificate judged here (SYNC-010): Node only reports its verdict, and a refusal destroys the socket
 * with CertificateRejected before `done` is called. There is no way around the verdict but a pinned fingerprint.
 */
export function startTls(rules: TlsRules, socket: Socket, done: () => void): TLSSocket {
  const { host, port, caPem, pinned } = rules;
  const tls = connectTls({
    socket,
    host,
    ...(isIpAddress(host) ? {} : { servername: host }),
    ...(caPem === null ? {} : { ca: [...getCACertificates('default'), caPem] }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
  });
  socket.on('error', (error) => tls.destroy(error));
  tls.once('secureConnect', () => {
    const rejected = judgeCertificate(tls, host, port, pinned);
    if (rejected) tls.destroy(rejected);
    else done();
  });
  return tls;
}

function isIpAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}
