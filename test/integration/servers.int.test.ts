import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/start-dovecot';
import { EXIM_DOMAIN, startExim } from '../servers/start-exim';
import { startSmtp, tlsDirectoryOf } from '../servers/start-smtp';

test('the test server delivers, lists and changes its UID validity', async () => {
  const server = await startDovecot();
  try {
    const user = await server.addUser();
    await server.append(user, 'Subject: one\r\n\r\nbody\r\n', { flags: ['\\Seen'] });
    const first = await server.session(user);
    const before = await first.mailboxOpen('INBOX');
    expect(before.exists).toBe(1);
    await first.logout();
    expect(await server.list(user, 'INBOX')).toEqual([{ uid: 1, flags: ['\\Seen'], messageId: null }]);
    server.changeUidValidity(user, 'INBOX');
    const second = await server.session(user);
    const after = await second.mailboxOpen('INBOX');
    expect(after.exists).toBe(1);
    expect(after.uidValidity).not.toBe(before.uidValidity);
    await second.logout();
    await server.restart();
    await (await server.session(user)).logout();
  } finally {
    await server.stop();
  }
});

const NOTE = 'From: a@test.local\r\nSubject: one\r\n\r\n.dots\r\n..more\r\n';

test('the submission server takes what it is given, hands it on and does what faults say', async () => {
  const dovecot = await startDovecot();
  const smtp = await startSmtp({ tlsDirectory: tlsDirectoryOf(dovecot), lmtpPort: dovecot.lmtpPort });
  try {
    const user = await dovecot.addUser();
    const send = (port: number, secure: boolean) =>
      createTransport({
        host: smtp.host,
        port,
        secure,
        requireTLS: true,
        tls: { ca: readFileSync(smtp.caPath) },
        auth: { user: user.name, pass: user.password },
      }).sendMail({
        envelope: { from: 'a@test.local', to: [`${user.name}@test.local`, 'x@elsewhere.example'] },
        raw: NOTE,
      });
    await send(smtp.port, false);
    await send(smtp.tlsPort, true);
    expect(smtp.received.map(({ raw }) => raw.toString())).toEqual([NOTE, NOTE]);
    expect(smtp.received[0]).toMatchObject({ user: user.name, from: 'a@test.local' });
    expect(await dovecot.list(user, 'INBOX')).toHaveLength(2);
    smtp.faults.rcpt = (address) => (address.startsWith('x') ? { code: 550, text: '5.1.1 nobody' } : null);
    expect(await send(smtp.port, false)).toMatchObject({ rejected: ['x@elsewhere.example'] });
    smtp.faults.cut = 'after-data-lost';
    await expect(send(smtp.port, false)).rejects.toThrow();
    expect(smtp.received).toHaveLength(3);
    smtp.faults.cut = 'after-data-done';
    await expect(send(smtp.port, false)).rejects.toThrow();
    expect(smtp.received).toHaveLength(4);
  } finally {
    await smtp.stop();
    await dovecot.stop();
  }
});

test('the transport agent delivers to the mail server', async () => {
  const dovecot = await startDovecot();
  const exim = await startExim(dovecot.lmtpPort);
  try {
    const user = await dovecot.addUser();
    exim.addUser(user.name, user.password);
    const to = `${user.name}@${EXIM_DOMAIN}`;
    await createTransport({
      host: exim.host,
      port: exim.tlsPort,
      secure: true,
      tls: { ca: readFileSync(exim.caPath) },
      auth: { user: user.name, pass: user.password },
    }).sendMail({ envelope: { from: to, to }, raw: NOTE });
    await expect.poll(() => dovecot.list(user, 'INBOX'), { timeout: 20_000 }).toHaveLength(1);
  } finally {
    await exim.stop();
    await dovecot.stop();
  }
});
