/** STARTTLS against a server that lies in every way it can before the handshake. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { never, testPorts } from './imap-support';

let directory: string;
let cert: string;
let key: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'homeport-starttls-'));
  const [certPath, keyPath] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', keyPath, '-out', certPath], {
    stdio: 'ignore',
  });
  [cert, key] = [readFileSync(certPath, 'utf8'), readFileSync(keyPath, 'utf8')];
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Stages {
  /** The greeting and what is advertised in the clear. */
  readonly greeting: string;
  readonly clear: string;
  readonly afterTls: string;
  readonly afterLogin: string;
  /** Sent in the clear together with the answer to STARTTLS. */
  readonly injected?: string;
}

/** Answers the port and what was said: every command with the stage it came in. */
async function start(stages: Stages): Promise<{ port: number; said: string[] }> {
  const said: string[] = [];
  const server = createServer((raw) => {
    let stage: 'clear' | 'tls' | 'in' = 'clear';
    const listen = (socket: Socket): void => {
      socket.on('error', () => undefined);
      socket.on('data', (data) => {
        for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) answer(socket, line);
      });
    };
    const answer = (socket: Socket, line: string): void => {
      const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      said.push(`${stage} ${command.split(' ')[0]}`);
      if (command === 'STARTTLS') {
        socket.removeAllListeners('data');
        socket.write(`${tag} OK go\r\n${stages.injected ?? ''}`);
        stage = 'tls';
        const secureContext = createSecureContext({ cert, key });
        listen(new TLSSocket(socket, { isServer: true, secureContext }));
        return;
      }
      const offered = { clear: stages.clear, tls: stages.afterTls, in: stages.afterLogin }[stage];
      if (command === 'CAPABILITY') socket.write(`* CAPABILITY ${offered}\r\n${tag} OK done\r\n`);
      else socket.write(`${tag} OK done\r\n`);
      if (/^(LOGIN|AUTHENTICATE)/.test(command)) stage = 'in';
    };
    listen(raw);
    raw.write(stages.greeting);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, said };
}

const connectorTo = (port: number) =>
  createImapConnector(
    {
      server: { host: 'localhost', port, security: 'starttls', user: 'ann' },
      caPem: cert,
      pinned: [],
      auth: 'password',
      secret: async () => 'secret',
    },
    testPorts,
  );

test('SYNC-009 nothing said before the handshake counts: it is discarded, capabilities are read again, PREAUTH is the end', async () => {
  // What is offered in the clear is a lie both ways; only the words of the last stage are true.
  const honest = await start({
    greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED IDLE MOVE] hi\r\n',
    clear: 'IMAP4rev1 STARTTLS LOGINDISABLED IDLE MOVE',
    afterTls: 'IMAP4rev1 AUTH=PLAIN SASL-IR MOVE',
    afterLogin: 'IMAP4rev1 UIDPLUS',
  });
  const connector = connectorTo(honest.port);
  expect(await connector.connect('interactive', never)).toMatchObject({
    ok: true,
    value: { idle: false, move: false, uidplus: true },
  });
  await connector.close();
  const beforeTls = honest.said.slice(0, honest.said.indexOf('clear STARTTLS') + 1);
  expect(beforeTls.join()).not.toMatch(/LOGIN|AUTHENTICATE/);
  expect(honest.said.indexOf('tls CAPABILITY')).toBeGreaterThan(-1);
  const login = honest.said.findIndex((said) => /^tls (LOGIN|AUTHENTICATE)/.test(said));
  expect(honest.said.indexOf('tls CAPABILITY')).toBeLessThan(login);
  expect(honest.said).toContain('in CAPABILITY');

  const lying = await start({
    greeting: '* OK hi\r\n',
    clear: 'IMAP4rev1 STARTTLS',
    afterTls: 'IMAP4rev1',
    afterLogin: 'IMAP4rev1',
    injected: '* CAPABILITY IMAP4rev1 MOVE QRESYNC\r\n* OK [ALERT] injected\r\n',
  });
  const deceived = connectorTo(lying.port);
  const outcome = await deceived.connect('interactive', never);
  await deceived.close();
  // Either nothing of it is used, or the connection ends; never a word of it is believed.
  if (outcome.ok) expect(outcome.value).toMatchObject({ move: false, qresync: false });
  else expect(outcome.failure).toMatchObject({ kind: 'tls' });
  if (!outcome.ok) expect(lying.said.join()).not.toMatch(/LOGIN|AUTHENTICATE/);

  const preauth = await start({
    greeting: '* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome\r\n',
    clear: 'IMAP4rev1 STARTTLS',
    afterTls: 'IMAP4rev1',
    afterLogin: 'IMAP4rev1',
  });
  const refused = connectorTo(preauth.port);
  expect(await refused.connect('interactive', never)).toMatchObject({ ok: false, failure: { kind: 'tls' } });
  await refused.close();
  expect(preauth.said.join()).not.toMatch(/LOGIN|AUTHENTICATE|SELECT|LIST/);
});
