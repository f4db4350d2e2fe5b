import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { describeConnector } from '../conformance/connector';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { connectTo, plainAccount } from './imap-support';

let server: DovecotServer;
let proxy: FlakyProxy;
beforeAll(async () => {
  server = await startDovecot();
  proxy = await startFlakyProxy(server.imapPort);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

const FLAGS: Readonly<Record<string, string>> = { $seen: '\\Seen', $flagged: '\\Flagged' };

for (const without of [[], ['QRESYNC', 'MOVE', 'ESEARCH', 'LIST-STATUS']]) {
  const title = without.length === 0 ? 'IMAP' : `IMAP without ${without.join(', ')}`;
  describeConnector(title, async () => {
    const user = await server.addUser();
    const connector = connectTo(
      plainAccount(server, user, { port: proxy.port, disabledCapabilities: without }),
    );
    const inMailbox = async (
      remoteKey: string,
      work: (client: Awaited<ReturnType<DovecotServer['session']>>) => Promise<unknown>,
    ) => {
      const client = await server.session(user);
      await client.mailboxOpen(remoteKey);
      await work(client);
      await client.logout();
    };
    return {
      connector,
      control: {
        deliver: (remoteKey, text) => server.append(user, text, { mailbox: remoteKey }),
        addKeyword: (remoteKey, uid, keyword) =>
          inMailbox(remoteKey, (client) =>
            client.messageFlagsAdd(`${uid}`, [FLAGS[keyword] ?? keyword], { uid: true }),
          ),
        remove: (remoteKey, uid) =>
          inMailbox(remoteKey, (client) => client.messageDelete(`${uid}`, { uid: true })),
        rebuild: async (remoteKey) => {
          // Nobody may have the mailbox open meanwhile; the server needs a moment to notice that we left.
          proxy.cut();
          await delay(200);
          server.changeUidValidity(user, remoteKey);
        },
        list: async (remoteKey) =>
          (await server.list(user, remoteKey)).map(({ uid, flags }) => ({
            uid,
            keywords: flags.map((flag) => flag.toLowerCase().replace('\\', '$')),
          })),
      },
      dispose: () => connector.close(),
    };
  });
}
