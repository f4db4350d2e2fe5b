import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
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
import { ImapFlow } from 'imapflow';
import { CERTIFICATE_NAMES, createCertificate } from './create-certificate';
import { dovecotConfig } from './dovecot-config';
import { freePort } from './free-port';
import { fillMaildir, type MaildirMessage } from './maildir';

export interface TestUser {
  readonly name: string;
  readonly password: string;
}

export interface ListedMessage {
  readonly uid: number;
  /** Sorted; without \Recent, which says nothing about the message. */
  readonly flags: readonly string[];
  readonly messageId: string | null;
}

export interface DovecotServer {
  readonly host: '127.0.0.1';
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpPort: number;
  /** Self-signed certificate, usable as its own authority; names localhost and 127.0.0.1. */
  readonly caPath: string;
  readonly logPath: string;
  /** A new user with empty mailboxes; every test has its own. */
  addUser(name?: string): Promise<TestUser>;
  /** Another password from now on; who is signed in stays so until the connection ends. */
  setPassword(user: TestUser, password: string): void;
  /** A second client, for deliveries and assertions. The caller logs out. */
  session(user: TestUser): Promise<ImapFlow>;
  /** Puts a message into a mailbox the way another client would (APPEND). Answers its UID. */
  append(
    user: TestUser,
    raw: string | Buffer,
    options?: { mailbox?: string; flags?: string[]; date?: Date },
  ): Promise<number>;
  /** What the server has in a mailbox, by UID; for assertions. */
  list(user: TestUser, mailbox: string): Promise<ListedMessage[]>;
  /** Writes many messages straight into the Maildir; only while nobody has the mailbox open. */
  fill(user: TestUser, mailbox: string, messages: Iterable<MaildirMessage>): void;
  /** Makes the server forget its UIDs of a mailbox: the next SELECT tells a new UIDVALIDITY. */
  changeUidValidity(user: TestUser, mailbox: string): void;
  /** The next message gets this UID; only while nobody has the mailbox open. */
  skipUids(user: TestUser, mailbox: string, nextUid: number): void;
  /** Later sessions have only these rights (RFC 4314) in the mailbox, until `unprotect`; by default to read it. */
  protect(user: TestUser, mailbox: string, rights?: string): void;
  unprotect(user: TestUser, mailbox: string): void;
  /** Another certificate of the same key that ends in `days`, also in the past; starts the server again. */
  renewCertificate(days: number): Promise<void>;
  restart(): Promise<void>;
  /** Ends the server and keeps its files, so that `start` can bring it back. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends the server and removes its directory. */
  stop(): Promise<void>;
}

/** How long the server may take to greet; usually under 100 ms, seconds on a loaded machine. */
const START_MS = 15_000;
/** A new line of the users file may be refused for a second, longer on a loaded machine. */
const NEW_USER_MS = 15_000;

/** Lives as long as its standard input, so that the server never outlives the tests, even when they are killed. */
const KEEPER = `
dovecot -F -c "$1" </dev/null & server=$!
read -r _
kill "$server" 2>/dev/null
wait "$server"
`;

export async function startDovecot(
  options: { capabilities?: string; mechanisms?: string; more?: string } = {},
): Promise<DovecotServer> {
  const directory = mkdtempSync(join(tmpdir(), 'homeport-dovecot-'));
  const asRoot = process.getuid?.() === 0;
  const mailUser = asRoot ? 'mail' : userInfo().username;
  const mailGroup = asRoot ? 'mail' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  for (const folder of ['run', 'state', 'tls', 'mail']) mkdirSync(join(directory, folder));
  // The mail processes are another user: they must be able to walk in.
  chmodSync(directory, 0o755);
  if (asRoot) execFileSync('chown', [mailUser, join(directory, 'mail')]);
  createCertificate(join(directory, 'tls'));
  writeFileSync(join(directory, 'users'), '');

  const [imapPort, imapsPort, lmtpPort] = [await freePort(), await freePort(), await freePort()];
  const configPath = join(directory, 'dovecot.conf');
  writeFileSync(
    configPath,
    dovecotConfig({
      directory,
      imapPort,
      imapsPort,
      lmtpPort,
      mailUser,
      mailGroup,
      asRoot,
      capabilities: options.capabilities,
      mechanisms: options.mechanisms,
      more: options.more,
    }),
  );

  let child: ChildProcess | null = null;
  async function start(): Promise<void> {
    child = spawn('/bin/sh', ['-c', KEEPER, 'keeper', configPath], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    });
    child.on('error', () => undefined);
    await waitForGreeting(imapPort, join(directory, 'dovecot.log'));
  }

  async function halt(): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.stdin?.end();
    await ended;
    // Children keep the listener for a moment after the master is gone.
    for (let tries = 0; tries < 200 && (await answers(imapPort)); tries++) await delay(20);
  }

  async function session(user: TestUser): Promise<ImapFlow> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: imapPort,
      secure: false,
      doSTARTTLS: false,
      auth: { user: user.name, pass: user.password },
      logger: false,
      disableAutoIdle: true,
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  const maildir = (user: TestUser, mailbox: string): string => {
    const root = join(directory, 'mail', user.name, 'Maildir');
    return mailbox === 'INBOX' ? root : join(root, `.${mailbox.replaceAll('/', '.')}`);
  };
  const giveAway = (path: string): void => {
    if (asRoot) execFileSync('chown', ['-R', `${mailUser}:${mailGroup}`, path]);
  };

  await start();
  return {
    host: '127.0.0.1',
    imapPort,
    imapsPort,
    lmtpPort,
    caPath: join(directory, 'tls', 'cert.pem'),
    logPath: join(directory, 'dovecot.log'),
    addUser: async (name = `u${randomBytes(5).toString('hex')}`) => {
      const user = { name, password: `pw-${name}` };
      appendFileSync(join(directory, 'users'), `${name}:{PLAIN}${user.password}::::::\n`);
      const deadline = performance.now() + NEW_USER_MS;
      for (;;) {
        try {
          await (await session(user)).logout();
          return user;
        } catch (error) {
          if (performance.now() > deadline) throw error;
          await delay(50);
        }
      }
    },
    setPassword: (user, password) => {
      const file = join(directory, 'users');
      const others = readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => !line.startsWith(`${user.name}:`));
      writeFileSync(file, [`${user.name}:{PLAIN}${password}::::::`, ...others].join('\n'));
    },
    session,
    append: async (user, raw, { mailbox = 'INBOX', flags = [], date } = {}) => {
      const client = await session(user);
      try {
        const result = await client.append(mailbox, raw, flags, date);
        if (!result || result.uid === undefined) throw new Error(`append to ${mailbox} was refused`);
        return result.uid;
      } finally {
        await client.logout();
      }
    },
    list: async (user, mailbox) => {
      const client = await session(user);
      try {
        const { exists } = await client.mailboxOpen(mailbox, { readOnly: true });
        if (exists === 0) return [];
        const all = await client.fetchAll('1:*', { uid: true, flags: true, envelope: true });
        return all.map(({ uid, flags, envelope }) => ({
          uid,
          flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
          messageId: envelope?.messageId ?? null,
        }));
      } finally {
        await client.logout();
      }
    },
    fill: (user, mailbox, messages) => {
      fillMaildir(maildir(user, mailbox), messages);
      giveAway(join(directory, 'mail', user.name));
    },
    changeUidValidity: (user, mailbox) => {
      for (const file of [
        'dovecot-uidlist',
        'dovecot.index',
        'dovecot.index.log',
        'dovecot.index.log.2',
        'dovecot.index.cache',
        'dovecot-uidvalidity',
      ]) {
        rmSync(join(maildir(user, mailbox), file), { force: true });
      }
      // A fresh list takes the second of its creation as validity; naming one makes it differ within the same second.
      const validity = Math.floor(Date.now() / 1000) + 1000 + Math.floor(Math.random() * 1000);
      const list = join(maildir(user, mailbox), 'dovecot-uidlist');
      writeFileSync(list, `3 V${validity} N1 G${randomBytes(16).toString('hex')}\n`);
      giveAway(list);
    },
    skipUids: (user, mailbox, nextUid) => {
      for (const file of ['dovecot.index', 'dovecot.index.log', 'dovecot.index.log.2', 'dovecot.index.cache'])
        rmSync(join(maildir(user, mailbox), file), { force: true });
      const list = join(maildir(user, mailbox), 'dovecot-uidlist');
      writeFileSync(list, readFileSync(list, 'latin1').replace(/^(.*? )N\d+/, `$1N${nextUid}`), 'latin1');
      giveAway(list);
    },
    protect: (user, mailbox, rights = 'lr') => {
      const file = join(maildir(user, mailbox), 'dovecot-acl');
      writeFileSync(file, `owner ${rights}\n`);
      giveAway(file);
    },
    unprotect: (user, mailbox) => rmSync(join(maildir(user, mailbox), 'dovecot-acl')),
    renewCertificate: async (days) => {
      const tls = join(directory, 'tls');
      const request = [
        'req',
        '-new',
        '-key',
        join(tls, 'key.pem'),
        '-subj',
        '/CN=localhost',
        ...CERTIFICATE_NAMES,
      ];
      const csr = execFileSync('openssl', request, { stdio: ['ignore', 'pipe', 'ignore'] });
      const sign = ['x509', '-req', '-signkey', join(tls, 'key.pem'), '-days', String(days)];
      const out = ['-copy_extensions', 'copy', '-out', join(tls, 'cert.pem')];
      execFileSync('openssl', [...sign, ...out], { input: csr, stdio: ['pipe', 'ignore', 'ignore'] });
      await halt();
      await start();
    },
    restart: async () => {
      await halt();
      await start();
    },
    halt,
    start,
    stop: async () => {
      await halt();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function waitForGreeting(port: number, logPath: string): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (performance.now() < deadline) {
    if (await answers(port)) return;
    await delay(20);
  }
  throw new Error(
    `dovecot did not start: ${existsSync(logPath) ? readFileSync(logPath, 'utf8') : 'no log; is it installed?'}`,
  );
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('data', (data) => finish(data.toString('latin1').startsWith('* OK')));
  });
}
