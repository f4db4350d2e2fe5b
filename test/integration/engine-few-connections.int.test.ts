import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DovecotServer, startDovecot, type TestUser } from '../servers/start-dovecot';
import { startEngine, stopEngines, until } from './engine-support';
import { mail, mails } from './imap-support';

afterEach(stopEngines);

/** A second client would take a connection away: mail comes the way it does from outside. */
async function handOver(port: number, user: TestUser, raw: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
  await transport.sendMail({ envelope: { from: 'ann@example.org', to: [user.name] }, raw });
  transport.close();
}

describe.each([1, 2])('a server that allows %i connection(s) of one person', (most) => {
  let server: DovecotServer;
  beforeAll(async () => {
    server = await startDovecot({ more: `mail_max_userip_connections = ${most}` });
  });
  afterAll(() => server.stop());

  test('what a person does goes out, new mail comes, and everything is fetched', async () => {
    const user = await server.addUser();
    server.fill(user, 'INBOX', mails(300));
    const engine = await startEngine();
    await engine.addImap(user, server.imapPort);
    await until('all is here', async () => (await engine.messages('INBOX')).length === 300, 20_000);
    for (const [at, subject] of ['About m7', 'About m8', 'About m9'].entries()) {
      const message = await engine.message(subject);
      const took = performance.now();
      await engine.call('mutations.apply', {
        target: { kind: 'messages', messageIds: [message.id] },
        mutation: { kind: 'archive' },
      });
      await until('it went out', async () => (await engine.call('status.get', {})).waiting === 0, 15_000);
      expect(performance.now() - took, `change ${at}`).toBeLessThan(5_000);
    }
    await until(
      'all bodies are here',
      async () => {
        return (await engine.mailbox('INBOX')).bodies === 297;
      },
      20_000,
    );
    expect(await engine.account()).toMatchObject({
      state: expect.stringMatching(/ok|syncing/),
      failure: null,
    });
    await handOver(server.lmtpPort, user, mail('later'));
    if (most > 1) await until('new mail is told', async () => !!(await engine.message('About later')), 8_000);
    else await engine.sync();
    expect((await engine.message('About later')).subject).toBe('About later');
    await engine.stop();
    expect(await server.list(user, 'Archive')).toHaveLength(3);
    expect(await server.list(user, 'INBOX')).toHaveLength(298);
  }, 90_000);
});
