/** What a connection says of itself, how long its lines are and when they are packed. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connector } from '../../src/sync/connectors/contract';
import { readable, unpack } from '../fakes/unpack';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { CHECKPOINT, OPENED, start } from './imap-scripted-support';
import { connectTo, mail, must, never, plainAccount, pullAll, tlsAccount } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot({
    more: 'mail_plugins = acl zlib\nprotocol imap {\n  mail_plugins = $mail_plugins imap_zlib\n}',
  });
});
afterAll(async () => {
  await server.stop();
});

test('SYNC-022 after the login the server learns name, version and contact, and its refusal does not matter', async () => {
  const user = await server.addUser();
  const proxy = await startFlakyProxy(server.imapPort);
  const connector = connectTo(plainAccount(server, user, { port: proxy.port }));
  must(await connector.connect('interactive', never));
  const said = proxy.lines.flatMap(({ from, line }) =>
    from === 'client' ? [line.replace(/^\w+ /, '')] : [],
  );
  const ids = said.filter((line) => line.startsWith('ID'));
  expect(ids).toHaveLength(1);
  for (const field of ['"name" "Homeport"', '"version" "0.0.0"', '"address" "The authors"'])
    expect(ids[0]).toContain(field);
  expect(said.indexOf(ids[0] ?? '')).toBeGreaterThan(
    said.findIndex((line) => /^(LOGIN|AUTHENTICATE)/.test(line)),
  );
  await connector.close();
  await proxy.close();

  for (const refusal of [
    '%T NO not now\r\n',
    '%T BAD what\r\n',
    '* ID NIL\r\n%T OK\r\n',
    '* ID (((\r\n%T OK\r\n',
  ]) {
    const open = await start((command) => (command.startsWith('ID') ? refusal : undefined), {
      capabilities: 'IMAP4rev1 ID',
    });
    must(await open.connector.connect('interactive', never));
    expect(open.server.commands.filter((command) => command.startsWith('ID'))).toHaveLength(1);
    await open.connector.close();
    open.server.close();
  }
});

test('SYNC-045 bulk connections are packed where the server can, unless the quirks or the account say no', async () => {
  const user = await server.addUser();
  const body = 'All work and no play makes a dull message.\r\n'.repeat(20_000);
  const uid = await server.append(user, mail('long', { body }));
  const fingerprint = new X509Certificate(readFileSync(server.caPath)).fingerprint256;
  const proxy = await startFlakyProxy(server.imapsPort);
  const account = tlsAccount(server, user);

  async function bytesOf(connector: Connector, role: 'bulk' | 'interactive'): Promise<number> {
    const before = proxy.bytes.server;
    const messages = [{ uid, size: body.length, textSections: null }];
    must(await connector.connect(role, never));
    const { uidValidity } = (await pullAll(connector, { plan: { kind: 'initial' } }))[0] ?? {};
    const request = {
      remoteKey: 'INBOX',
      uidValidity: uidValidity ?? '',
      messages,
      wholeBelowBytes: 5_000_000,
    };
    for await (const result of connector.fetchBodies(role, request, never))
      expect(unpack(readable(must(result).body).text).length).toBeGreaterThan(800_000);
    await connector.close();
    return proxy.bytes.server - before;
  }
  // This machine under an address that does not look like it.
  const distant = {
    ...account,
    server: { ...account.server, host: '0.0.0.0', port: proxy.port },
    pinned: [{ host: '0.0.0.0', port: proxy.port, fingerprint }],
  };
  const near = { ...account, server: { ...account.server, port: proxy.port } };
  expect(await bytesOf(connectTo(distant), 'bulk')).toBeLessThan(100_000);
  expect(await bytesOf(connectTo(distant), 'interactive')).toBeGreaterThan(800_000);
  expect(await bytesOf(connectTo(near), 'bulk')).toBeGreaterThan(800_000);
  const refused = connectTo({ ...distant, disabledCapabilities: ['COMPRESS=DEFLATE'] });
  expect(await bytesOf(refused, 'bulk')).toBeGreaterThan(800_000);
  await proxy.close();
});

/** Every second UID: no two of them make a range. */
const SPARSE = Array.from({ length: 6_000 }, (_, at) => 100_000 + at * 2);

test('SYNC-047 no command line has 8,000 octets, and only what the server allows is sent without waiting', async () => {
  const long = 'n'.repeat(490);
  const knownUids = SPARSE.map((uid) => [uid, uid] as const);
  const found = SPARSE.join(' ');
  for (const capabilities of ['IMAP4rev1 UIDPLUS ENABLE CONDSTORE QRESYNC', 'IMAP4rev1 MOVE']) {
    const open = await start(
      (command) => {
        if (/^(SELECT|EXAMINE)/.test(command))
          return OPENED(1_000_000, SPARSE.length).replace('READ-ONLY', 'READ-WRITE');
        if (command.startsWith('ENABLE')) return '* ENABLED QRESYNC\r\n%T OK done\r\n';
        if (command.startsWith('UID SEARCH')) return `* SEARCH ${found}\r\n%T OK done\r\n`;
        if (!/^UID FETCH/.test(command)) return command.startsWith('UID') ? '%T OK done\r\n' : undefined;
        const uids = /^UID FETCH (\S+)/.exec(command)?.[1]?.split(/[,:]/).map(Number) ?? [];
        const header = 'BODY[HEADER.FIELDS (MESSAGE-ID DATE)] ""';
        return `${uids.map((uid) => `* 1 FETCH (UID ${uid} FLAGS () RFC822.SIZE 9 ${header})\r\n`).join('')}%T OK done\r\n`;
      },
      { capabilities },
    );
    const checkpoint = { ...CHECKPOINT, uidNext: 1_000_000 };
    for (const plan of [
      { kind: 'initial' },
      { kind: 'qresync' },
      { kind: 'window-scan', full: true },
    ] as const)
      await pullAll(open.connector, {
        remoteKey: long,
        plan,
        checkpoint: plan.kind === 'initial' ? null : checkpoint,
        knownUids: plan.kind === 'initial' ? [] : knownUids,
      });
    const messages = SPARSE.map((uid) => ({ uidValidity: '7', uid, identity: null }));
    const nothing = { source: null, destination: null };
    const add = Array.from({ length: 50 }, (_, at) => `k${at}`.padEnd(255, 'x'));
    const keywords = { kind: 'keywords', remoteKey: long, messages, add, remove: add } as const;
    must(await open.connector.push(keywords, nothing, never));
    const move = { kind: 'move', remoteKey: long, messages, toRemoteKey: '"'.repeat(490) } as const;
    must(await open.connector.push(move, nothing, never));
    must(await open.connector.push({ kind: 'delete', remoteKey: long, messages }, nothing, never));
    // The tag is no part of what the script sees.
    const lengths = open.server.commands.map((command) => command.length + 10);
    expect(Math.max(...lengths)).toBeLessThan(8_000);
    expect(Math.max(...lengths)).toBeGreaterThan(6_000);
    const stored = open.server.commands.filter((command) => command.startsWith('UID STORE'));
    for (const flag of add) expect(stored.some((command) => command.includes(flag))).toBe(true);
    await open.connector.close();
    open.server.close();
  }

  for (const [capabilities, length, sent] of [
    ['IMAP4rev1', 10, 'EXAMINE {10}'],
    ['IMAP4rev1 LITERAL-', 10, 'EXAMINE {10+}'],
    ['IMAP4rev1 LITERAL-', 4_096, 'EXAMINE {4096+}'],
    ['IMAP4rev1 LITERAL-', 4_097, 'EXAMINE {4097}'],
    ['IMAP4rev1 LITERAL+', 10, 'EXAMINE {10+}'],
  ] as const) {
    const name = '\xff'.repeat(length);
    const open = await start(
      (command) => {
        if (/^EXAMINE \{\d+\}$/.test(command)) return '+ go on\r\n';
        if (/^EXAMINE \{\d+\+\}$/.test(command)) return null;
        return command === name ? OPENED(1, 0) : undefined;
      },
      { capabilities },
    );
    await pullAll(open.connector, { remoteKey: name, plan: { kind: 'initial' } });
    expect(open.server.commands).toContain(sent);
    expect(open.server.commands).toContain(name);
    await open.connector.close();
    open.server.close();
  }
});
