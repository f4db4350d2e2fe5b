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

test('SYNC-404 the state machine of an account is printed: connections by role, step, queue and timers', async () => {
  const user = await server.addUser();
  await server.append(user, mail('one'));
  const profile = newProfile();
  const accountId = await addImapAccount(profile, user, server.imapPort);
  await serveHere(profile);
  await homeportJson(profile, ['sync', '--wait']);
  const status = () => homeportJson<Record<string, unknown>>(profile, ['account', 'status', accountId]);
  let printed = await status();
  // The watch begins when the inbox was read for the first time.
  for (let tries = 0; tries < 20 && !JSON.stringify(printed).includes('"watch","mailbox":"INBOX"'); tries++)
    printed = await status();
  expect(printed).toMatchObject({
    accountId,
    state: 'ok',
    running: true,
    step: 'resting',
    queue: { waiting: 0, parked: 0, nextDueAt: null, oldestAt: null },
    connections: expect.arrayContaining([
      expect.objectContaining({ role: 'bulk', busy: false }),
      { role: 'watch', mailbox: 'INBOX', busy: true },
    ]),
    nextAttemptInMs: expect.any(Number),
    factsAgeMs: expect.any(Number),
  });
  const text = await homeport(profile, ['account', 'status', accountId]);
  expect(text.stdout).toMatch(/^connections: bulk, (interactive, )?watch on INBOX \(busy\)$/m);
});
