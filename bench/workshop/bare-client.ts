import { ImapFlow } from 'imapflow';
import { HEADER_FIELDS } from '../../src/sync/connectors/imap/header-items';
import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';

/**
 * The peer of the header download: the same FETCH items by the library alone, to memory and forgotten. Answers how many
 * messages came.
 */
export async function fetchHeaders({ imapPort }: DovecotServer, user: TestUser): Promise<number> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user: user.name, pass: user.password },
    logger: false,
    disableCompression: true,
    disableAutoIdle: true,
  });
  await client.connect();
  let count = 0;
  try {
    await client.mailboxOpen('INBOX', { readOnly: true });
    const items = {
      uid: true,
      flags: true,
      internalDate: true,
      size: true,
      bodyStructure: true,
      headers: HEADER_FIELDS.map((name) => name.toLowerCase()),
    };
    for await (const _message of client.fetch('1:*', items, { uid: true })) count++;
  } finally {
    await client.logout();
  }
  return count;
}
