import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { start } from './imap-scripted-support';
import { connectTo, must, never, plainAccount } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy;
beforeAll(async () => {
  server = await startDovecot({ mechanisms: 'plain login scram-sha-256 oauthbearer xoauth2' });
  proxy = await startFlakyProxy(server.imapPort);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

const said = (from: number): string =>
  proxy.lines
    .slice(from)
    .filter((line) => line.from === 'client')
    .map(({ line }) => line)
    .join('\n');

test('SYNC-011 of all mechanisms the strongest is chosen: SCRAM-SHA-256 before PLAIN before the LOGIN command', async () => {
  const user = await server.addUser();
  const account = plainAccount(server, user, { port: proxy.port });
  const mark = proxy.lines.length;
  const connector = connectTo(account);
  must(await connector.connect('interactive', never));
  expect(must(await connector.listMailboxes(never)).mailboxes.length).toBeGreaterThan(3);
  await connector.close();
  expect(said(mark)).toContain('AUTHENTICATE SCRAM-SHA-256 ');
  expect(said(mark)).not.toMatch(/AUTHENTICATE (PLAIN|LOGIN)|\bLOGIN /);
  // The password did not travel, in no spelling.
  for (const text of [user.password, Buffer.from(user.password).toString('base64').slice(0, 12)])
    expect(said(mark)).not.toContain(text);

  const wrong = connectTo({ ...account, secret: async () => 'not it' });
  expect(await wrong.connect('interactive', never)).toMatchObject({
    ok: false,
    failure: { kind: 'auth', reason: 'wrong-password' },
  });
  await wrong.close();

  // What each poorer server gets, and what an access token gets.
  const chosen = async (capabilities: string, auth: 'password' | 'oauth' = 'password') => {
    const open = await start(() => undefined, {
      capabilities: `IMAP4rev1 SASL-IR ${capabilities}`,
      account: { auth },
    });
    const outcome = open.connector.connect('interactive', never);
    await Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 300))]);
    const first = open.server.commands.find((command) => /^(AUTHENTICATE|LOGIN)/.test(command)) ?? 'nothing';
    open.server.close();
    await open.connector.close();
    return first
      .split(' ')
      .slice(0, first.startsWith('LOGIN') ? 1 : 2)
      .join(' ');
  };
  expect(await chosen('AUTH=SCRAM-SHA-256 AUTH=PLAIN AUTH=LOGIN')).toBe('AUTHENTICATE SCRAM-SHA-256');
  expect(await chosen('AUTH=PLAIN AUTH=LOGIN')).toBe('AUTHENTICATE PLAIN');
  expect(await chosen('AUTH=LOGIN')).toBe('AUTHENTICATE LOGIN');
  expect(await chosen('')).toBe('LOGIN');
  expect(await chosen('LOGINDISABLED')).toBe('nothing');
  expect(await chosen('LOGINDISABLED AUTH=PLAIN')).toBe('AUTHENTICATE PLAIN');
  expect(await chosen('AUTH=XOAUTH2 AUTH=OAUTHBEARER AUTH=SCRAM-SHA-256', 'oauth')).toBe(
    'AUTHENTICATE OAUTHBEARER',
  );
  expect(await chosen('AUTH=XOAUTH2 AUTH=PLAIN', 'oauth')).toBe('AUTHENTICATE XOAUTH2');
});

test('a server that cannot prove that it knows the password is left, whatever else it offers', async () => {
  const challenge = (command: string): string => {
    const nonce = /,r=(.*)$/.exec(Buffer.from(command.split(' ')[2] ?? '', 'base64').toString())?.[1] ?? '';
    return Buffer.from(`r=${nonce}and-more,s=${Buffer.from('salt').toString('base64')},i=4096`).toString(
      'base64',
    );
  };
  for (const lie of [Buffer.from('v=AAAA').toString('base64'), null]) {
    const open = await start(
      (command) => {
        if (command.startsWith('AUTHENTICATE SCRAM')) return `+ ${challenge(command)}\r\n`;
        if (/^[A-Za-z0-9+/=]{60,}$/.test(command)) return lie === null ? '%T OK welcome\r\n' : `+ ${lie}\r\n`;
        return command === '*' ? '%T BAD cancelled\r\n' : undefined;
      },
      { capabilities: 'IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 AUTH=PLAIN' },
    );
    expect(await open.connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'tls' },
    });
    expect(open.server.commands.join('\n')).not.toMatch(/AUTHENTICATE PLAIN|LOGIN|secret|c2VjcmV0/);
    open.server.close();
    await open.connector.close();
  }
});
