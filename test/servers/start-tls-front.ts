import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { createCertificate } from './create-certificate';

export interface TlsFront {
  readonly port: number;
  /** From now on it shows another certificate, made by itself; connections that are open end. */
  renew(): void;
  close(): Promise<void>;
}

/** Speaks TLS with a certificate of its own making and hands what is said on to a port without TLS. */
export async function startTlsFront(targetPort: number): Promise<TlsFront> {
  const sockets = new Set<TLSSocket>();
  const server = createServer(newCertificate(), (client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    sockets.add(client);
    client.on('error', () => upstream.destroy());
    client.on('close', () => {
      sockets.delete(client);
      upstream.destroy();
    });
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  // Whoever does not like the certificate goes away in the middle of the handshake.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    renew: () => {
      server.setSecureContext(newCertificate());
      end();
    },
    close: () =>
      new Promise((resolve) => {
        end();
        server.close(() => resolve());
      }),
  };
}

function newCertificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), 'homeport-tls-'));
  createCertificate(directory);
  const pair = {
    key: readFileSync(join(directory, 'key.pem')),
    cert: readFileSync(join(directory, 'cert.pem')),
  };
  rmSync(directory, { recursive: true });
  return pair;
}
