import { afterEach, expect, test } from 'vitest';
import type { Connector } from '../../src/sync/connectors/contract';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { type ImapScript, type ScriptedImapServer, startScriptedImap } from '../fakes/scripted-imap-server';
import { never, testPorts } from './imap-support';

let server: ScriptedImapServer;
let connector: Connector;
afterEach(async () => {
  server.close();
  await connector.close();
});

async function quota(capabilities: string, script: ImapScript) {
  server = await startScriptedImap(script, { capabilities });
  connector = createImapConnector(
    {
      server: { host: '127.0.0.1', port: server.port, security: 'none', user: 'ann' },
      caPem: null,
      pinned: [],
      auth: 'password',
      secret: async () => 'secret',
    },
    testPorts,
  );
  return connector.quota?.(never);
}

const asked = () => server.commands.filter((command) => command.startsWith('GETQUOTAROOT'));

test('the quota roots of INBOX: storage in bytes, messages as a number, what nobody knows left out', async () => {
  const answer =
    '* QUOTAROOT INBOX "" shared\r\n* QUOTA "" (STORAGE 10 512 MESSAGE 3 1000)\r\n* QUOTA shared (MAILBOX 1 9)\r\n%T OK done\r\n';
  const result = await quota('IMAP4rev1 QUOTA', (command) =>
    command.startsWith('GETQUOTAROOT') ? answer : undefined,
  );
  expect(result).toEqual({
    ok: true,
    value: [
      { kind: 'storage', used: 10_240, limit: 524_288 },
      { kind: 'messages', used: 3, limit: 1000 },
    ],
  });
  expect(asked()).toEqual(['GETQUOTAROOT "INBOX"']);
});

test('a server without the extension is not asked; one that refuses has no limit to tell', async () => {
  expect(await quota('IMAP4rev1', () => undefined)).toEqual({ ok: true, value: [] });
  expect(asked()).toEqual([]);
  server.close();
  await connector.close();
  const refused = await quota('IMAP4rev1 QUOTA', (command) =>
    command.startsWith('GETQUOTAROOT') ? '%T NO no quota here\r\n' : undefined,
  );
  expect(refused).toEqual({ ok: true, value: [] });
});

test('numbers that are none, half a triple, a list too few: nothing is made up', async () => {
  const answer = '* QUOTA "" (STORAGE x 512)\r\n* QUOTA "" (STORAGE 1)\r\n* QUOTA\r\n%T OK done\r\n';
  const result = await quota('IMAP4rev1 QUOTA', (command) =>
    command.startsWith('GETQUOTAROOT') ? answer : undefined,
  );
  expect(result).toEqual({ ok: true, value: [] });
});
