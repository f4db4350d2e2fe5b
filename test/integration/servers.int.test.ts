import { expect, test } from 'vitest';
import { startDovecot } from '../servers/start-dovecot';

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
