/** The workbench under the built host: bodies are prepared in a thread of their own, whichever way the engine runs. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { cleanUp, newProfile, serveHere } from './cli-profile';
import { addImapAccount, homeport, homeportJson } from './homeport-process';
import { mail } from './imap-support';

let server: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
});
afterAll(() => server.stop());
afterEach(cleanUp);

const NEWEST_MS = Date.UTC(2026, 10, 20);

function* letters(count: number, lines: number) {
  for (let at = 0; at < count; at++) {
    const body = `Text of letter ${at}.\r\n${'One line of many that say the same.\r\n'.repeat(lines)}`;
    yield { raw: Buffer.from(mail(`l${at}`, { body })), flags: [], date: NEWEST_MS + at };
  }
}

test('headers of a large mailbox are read by the thread of the workbench', async () => {
  const user = await server.addUser();
  server.fill(user, 'INBOX', letters(1_500, 1));
  const profile = newProfile();
  const host = await serveHere(profile, [], { HOMEPORT_LOG: 'debug' });
  await addImapAccount(profile, user, server.imapPort);
  await homeportJson(profile, ['sync', '--wait']);
  const { rows } = await homeportJson<{ rows: { subject: string }[] }>(profile, ['list', '--limit', '50']);
  expect(rows).toHaveLength(50);
  // The newest second of it.
  for (const { subject } of rows) expect(subject).toMatch(/^About l1[0-4]\d\d$/);
  expect(host.stderr()).toContain('workbench.started');
  expect(host.stderr()).not.toMatch(/workbench\.(crashed|job-failed)/);
});

test.each(['thread', 'process'])(
  'bodies are prepared beside an engine that is a %s, and a stop while they are takes at most 3 s',
  async (kind) => {
    const user = await server.addUser();
    server.fill(user, 'INBOX', [...letters(20, 10), ...letters(2, 40_000)]);
    const profile = newProfile();
    const host = await serveHere(profile, [], { HOMEPORT_LOG: 'debug', HOMEPORT_ENGINE_HOST: kind });
    await addImapAccount(profile, user, server.imapPort);
    await homeportJson(profile, ['sync', '--wait']);
    const { rows } = await homeportJson<{ rows: { id: string }[] }>(profile, ['list', '--limit', '50']);
    expect(rows).toHaveLength(22);
    for (const { id } of rows.slice(0, 3)) {
      const shown = await homeport(profile, ['show', id, '--text']);
      expect(shown.stdout).toContain('Text of letter');
    }
    expect(host.stderr()).toContain('workbench.started');
    expect(host.stderr()).not.toMatch(/workbench\.(crashed|job-failed)/);

    const other = await server.addUser();
    server.fill(other, 'INBOX', letters(40, 80_000));
    await addImapAccount(profile, other, server.imapPort);
    const { code, ms } = await host.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(3_000);
  },
);
