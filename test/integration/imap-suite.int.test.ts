import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { type AppendCut, describeConnector } from '../conformance/connector';
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

async function cutAppend(cut: AppendCut): Promise<void> {
  if (cut === 'before') {
    proxy.refuse(true);
    // Until the connector has heard that its connections are gone.
    return await delay(100);
  }
  proxy.inspect = (from, data) => {
    const text = data.toString('latin1');
    const here =
      cut === 'without-effect'
        ? from === 'client' && /^\S+ (APPEND|UID REPLACE) /.test(text)
        : from === 'server' && /\[APPENDUID /.test(text);
    if (here) proxy.inspect = null;
    return !here;
  };
}

function mend(): void {
  proxy.inspect = null;
  proxy.refuse(false);
}

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
        cutAppend,
        mend,
      },
      dispose: async () => {
        mend();
        await connector.close();
      },
    };
  });
}
