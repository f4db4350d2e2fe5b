import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DiscoveryServer {
  /** What a host process needs in its environment to find this server where it looks for the wide world. */
  readonly env: Readonly<Record<string, string>>;
  /** Every request as it came: line, headers and body. */
  readonly requests: string[];
  /** Whom the host wanted to reach so far, in order. */
  reached(): readonly string[];
  close(): Promise<void>;
}

interface DiscoveryOptions {
  readonly domain: string;
  /** By address without its scheme: `autoconfig.harbour.net/mail/config-v1.1.xml`. */
  readonly pages: Readonly<Record<string, string>>;
  /** PEM files of authorities the host has to trust besides. */
  readonly trust: readonly string[];
}

/** The web servers of a domain on loopback, with a certificate for their names, and a name system without records. */
export async function startDiscovery({ domain, pages, trust }: DiscoveryOptions): Promise<DiscoveryServer> {
  const directory = mkdtempSync(join(tmpdir(), 'homeport-discovery-'));
  const [cert, key, bundle, plan, record] = ['cert', 'key', 'bundle', 'plan', 'record'].map((name) =>
    join(directory, name),
  ) as [string, string, string, string, string];
  const names = [domain, `autoconfig.${domain}`];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${domain}`],
      ...['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  writeFileSync(bundle, [cert, ...trust].map((path) => readFileSync(path, 'utf8')).join('\n'));
  const requests: string[] = [];
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      const { method, url = '', headers } = request;
      requests.push(`${method} https://${headers.host}${url} ${JSON.stringify(headers)} ${body}`);
      const page = pages[`${headers.host}${url}`];
      response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'text/xml' }).end(page ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const lead = Object.fromEntries(names.map((name) => [`${name}:443`, port]));
  writeFileSync(plan, JSON.stringify({ record, lead, srv: {}, mx: {} }));
  return {
    env: {
      NODE_OPTIONS: `--require ${join(import.meta.dirname, 'lead-network.cjs')}`,
      NODE_EXTRA_CA_CERTS: bundle,
      HOMEPORT_TEST_NETWORK: plan,
    },
    requests,
    reached: () => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : []),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
