/** What a server wants its people to read (RFC 9051 7.1, SYNC-134). */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { HostEvent } from '../../src/shared/contract/events';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { openTestEngine, type TestEngine } from '../fakes/open-test-engine';
import { type ScriptedImapServer, startScriptedImap } from '../fakes/scripted-imap-server';
import { testPorts } from './imap-support';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const OPENED = '* 0 EXISTS\r\n* OK [UIDVALIDITY 1] v\r\n* OK [UIDNEXT 1] n\r\n';
const shown = (engine: TestEngine): string[] =>
  engine.events.flatMap((event: HostEvent) => (event.kind === 'alert' ? [event.text] : []));

async function start(said: { select: string; login: string; list: string }) {
  const server: ScriptedImapServer = await startScriptedImap(
    (command) => {
      if (command.startsWith('LOGIN')) return said.login;
      if (/^(SELECT|EXAMINE)/.test(command)) return `${OPENED}${said.select}%T OK [READ-ONLY] done\r\n`;
      if (command.startsWith('LIST')) return `* LIST () "/" INBOX\r\n${said.list}`;
      if (command.startsWith('LSUB')) return '%T OK done\r\n';
      if (command.startsWith('STATUS'))
        return '* STATUS INBOX (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 1)\r\n%T OK done\r\n';
      return undefined;
    },
    { greeting: '* OK [ALERT] The greeting: maintenance on Sunday.\r\n', capabilities: 'IMAP4rev1' },
  );
  const engine = await openTestEngine(() =>
    createImapConnector(
      {
        server: { host: '127.0.0.1', port: server.port, security: 'none', user: 'ann' },
        caPem: null,
        pinned: [],
        auth: 'password',
        secret: async () => 'secret',
      },
      testPorts,
    ),
  );
  opened.push(server, engine);
  const pass = async (ms: number, until: () => boolean = () => false) => {
    for (let at = 0; at < 40 && !until(); at++) {
      await engine.pass(ms / 40);
      await delay(10);
    }
  };
  return { engine, server, pass };
}

test('SYNC-134 an alert is shown once a day for each text, wherever it comes, without control characters and with 500 at most', async () => {
  const long = `Long: ${'word '.repeat(300)}`;
  const said = {
    login: '%T OK [ALERT] The login: your password ends soon.\r\n',
    select: `* NO [ALERT] Nearly\x07 full\x1b[31m!\r\n* OK [ALERT] ${long}\r\n* OK no alert\r\n* OK [ALERT]\r\n`,
    list: '%T OK [ALERT] Of a tagged answer: \xfcber uns.\r\n',
  };
  const { engine, server, pass } = await start(said);
  const all = [
    'The greeting: maintenance on Sunday.',
    'The login: your password ends soon.',
    'Of a tagged answer: über uns.',
    'Nearly  full [31m!',
    long.slice(0, 500),
  ];
  await pass(60_000, () => shown(engine).length >= all.length);
  expect(shown(engine).toSorted()).toEqual(all.toSorted());
  for (const text of shown(engine)) {
    expect(text).not.toMatch(/\p{Cc}/u);
    expect(text.length).toBeLessThanOrEqual(500);
  }
  const { account } = engine.events.find(({ kind }) => kind === 'alert') as { account: string };
  expect(account).toBe('Test');

  // Said again for hours, and over new connections: not a word.
  const logins = () => server.commands.filter((command) => command.startsWith('LOGIN')).length;
  const before = [logins(), server.commands.filter((command) => command.startsWith('LIST')).length];
  await pass(20 * 3_600_000);
  expect(server.commands.filter((command) => command.startsWith('LIST')).length).toBeGreaterThan(
    before[1] ?? 0,
  );
  expect(shown(engine)).toHaveLength(all.length);
  // The store remembers, so a restart does not show it again; a new text is shown at once.
  const stored = engine.store.read
    .prepare("SELECT value FROM settings WHERE key LIKE 'alerts.%'")
    .pluck()
    .get();
  expect(Object.keys(JSON.parse(String(stored)) as object)).toHaveLength(all.length);
  expect(String(stored)).not.toContain('maintenance');
  said.list = '%T OK [ALERT] Something new.\r\n';
  await pass(300_000, () => shown(engine).length > all.length);
  expect(shown(engine).at(-1)).toBe('Something new.');
  // A day later it is worth saying again.
  const told = shown(engine).length;
  await pass(30 * 3_600_000);
  expect(shown(engine).filter((text) => text === 'Something new.')).toHaveLength(2);
  expect(shown(engine).length).toBeGreaterThan(told);
});
