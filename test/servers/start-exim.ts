import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCertificate } from './create-certificate';
import { freePort } from './free-port';

export interface EximServer {
  readonly host: '127.0.0.1';
  /** STARTTLS, then login. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  readonly caPath: string;
  /** A person who may send and whose mail goes to the LMTP server. */
  addUser(name: string, password: string): void;
  stop(): Promise<void>;
}

/** Mail for it goes to the LMTP server; for any other domain it is refused. */
export const EXIM_DOMAIN = 'test.local';
const START_MS = 15_000;

/** Lives as long as its standard input, so that the server never outlives the tests, even when they are killed. */
const KEEPER = `
exim4 -C "$1" -bdf -q1m </dev/null & server=$!
read -r _
kill "$server" 2>/dev/null
wait "$server"
`;

/** A real transport agent with a queue: submission for users, delivery by LMTP. */
export async function startExim(lmtpPort: number): Promise<EximServer> {
  const directory = mkdtempSync(join(tmpdir(), 'homeport-exim-'));
  for (const folder of ['spool', 'tls', 'log']) mkdirSync(join(directory, folder));
  createCertificate(join(directory, 'tls'));
  const users = join(directory, 'users');
  writeFileSync(users, '');
  const [port, tlsPort] = [await freePort(), await freePort()];
  const asRoot = process.getuid?.() === 0;
  const user = asRoot ? 'Debian-exim' : userInfo().username;
  const config = join(directory, 'exim.conf');
  writeFileSync(config, eximConfig({ directory, user, port, tlsPort, lmtpPort }));
  chmodSync(directory, 0o755);
  if (asRoot) {
    for (const path of ['spool', 'tls', 'log', 'users'])
      execFileSync('chown', ['-R', `${user}:${user}`, join(directory, path)]);
  }
  const child: ChildProcess = spawn('/bin/sh', ['-c', KEEPER, 'keeper', config], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  child.on('error', () => undefined);
  const server: EximServer = {
    host: '127.0.0.1',
    port,
    tlsPort,
    caPath: join(directory, 'tls', 'cert.pem'),
    addUser: (name, password) => appendFileSync(users, `${name}: ${password}\n`),
    stop: async () => {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.stdin?.end();
        await ended;
      }
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    if (await greets(port)) return server;
    await delay(20);
  }
  const log = join(directory, 'log', 'main');
  const said = existsSync(log) ? readFileSync(log, 'utf8') : 'no log; is it installed?';
  await server.stop();
  throw new Error(`exim did not start: ${said}`);
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('data', (data) => finish(data.toString('latin1').startsWith('220')));
  });
}

interface EximSettings {
  readonly directory: string;
  readonly user: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly lmtpPort: number;
}

/** Everything in one directory, nothing beyond loopback, no look at names of hosts. */
function eximConfig({ directory, user, port, tlsPort, lmtpPort }: EximSettings): string {
  return `
spool_directory = ${directory}/spool
log_file_path = ${directory}/log/%s
pid_file_path = ${directory}/spool/exim.pid
exim_user = ${user}
exim_group = ${user}
deliver_drop_privilege = true
never_users =
local_interfaces = <; 127.0.0.1.${port} ; 127.0.0.1.${tlsPort}
tls_on_connect_ports = ${tlsPort}
primary_hostname = localhost
qualify_domain = ${EXIM_DOMAIN}
domainlist local_domains = ${EXIM_DOMAIN}
tls_advertise_hosts = *
tls_certificate = ${directory}/tls/cert.pem
tls_privatekey = ${directory}/tls/key.pem
auth_advertise_hosts = \${if def:tls_in_cipher{*}{}}
host_lookup =
rfc1413_hosts =
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept
acl_smtp_predata = accept
message_size_limit = 1M
dsn_advertise_hosts = *
smtputf8_advertise_hosts = *
queue_run_in_order = true

begin acl
acl_rcpt:
  deny message = authentication required
       !authenticated = *
  deny message = relay not permitted
       domains = !+local_domains
  require message = unknown user
          verify = recipient
  accept

begin routers
people:
  driver = manualroute
  domains = +local_domains
  condition = \${lookup{$local_part}lsearch{${directory}/users}{yes}{no}}
  route_list = * 127.0.0.1 byname
  self = send
  transport = lmtp

begin transports
lmtp:
  driver = smtp
  protocol = lmtp
  port = ${lmtpPort}
  hosts_avoid_tls = *
  hosts_try_dane =

begin retry
* * F,5m,1s; G,1h,5s,1.5

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{\${lookup{$auth2}lsearch{${directory}/users}{$value}{*:*}}}}
  server_set_id = $auth2
`;
}
