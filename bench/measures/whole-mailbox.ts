import { setTimeout as delay } from 'node:timers/promises';
import { SMART_LISTS } from '../../src/shared/domain';
import { generateMessage } from '../../src/sync/mime/sample/generate-message';
import { type FlakyProxy, startFlakyProxy } from '../../test/servers/flaky-proxy';
import type { DovecotServer, TestUser } from '../../test/servers/start-dovecot';
import type { Bench } from '../bench';
import { against, atMost, type Row } from '../row';
import { median, timed } from '../statistics';
import { type Core, startCore } from '../workshop/core';
import { type Mbsync, setUpMbsync } from '../workshop/mbsync';
import { SYNCED_MESSAGES } from '../workshop/workshop';

const NO_CHANGE_RUNS = 5;
const FLAGGED = 100;
const ARRIVED = 50;
const DELETED = 50;
/** Maildir tells changes by seconds: mbsync waits one out right after a write. */
const MAILDIR_GRAIN_MS = 1_100;

/**
 * The whole mailbox with all bodies, then a cycle without changes, then one with some, beside mbsync doing the same. The
 * last bench of the workshop's mailbox: it changes it.
 */
export const wholeMailbox: Bench = {
  name: 'whole-mailbox',
  boundMs: 240_000,
  run: async (workshop) => {
    const server = await workshop.server();
    const { user, count } = await workshop.mailbox();
    const mbsync = setUpMbsync(workshop.folder(), server, user);
    const peer = (anchorValue: number | null) => ({ anchor: 'mbsync', anchorValue });

    const theirs = mbsync?.run() ?? null;
    const profile = workshop.folder();
    let core = startCore(profile);
    const whole = await timed(async () => {
      const accountId = core.addAccount(user, server.imapPort);
      await core.when(() => core.inbox(accountId).bodies === count);
    });
    await core.stop();
    const rate = (ms: number) => (SYNCED_MESSAGES / ms) * 1000;
    const name = `whole mailbox, ${SYNCED_MESSAGES.toLocaleString('en')} messages with bodies`;
    const rows: Row[] = [
      against(
        { name, value: rate(whole.ms), unit: 'messages/s' },
        peer(theirs === null ? null : rate(theirs)),
        '>=',
        1,
      ),
    ];

    const proxy = await startFlakyProxy(server.imapPort);
    core = startCore(profile, { [user.name]: { port: proxy.port, password: user.password } });
    const accountId = core.accounts()[0];
    if (accountId === undefined) throw new Error('the account is gone');
    const cycle = () => core.supervisor.syncNow(accountId, null);
    await cycle();
    await delay(MAILDIR_GRAIN_MS);
    rows.push(...(await noChange(proxy, cycle, mbsync, peer)));

    const uids = (await server.list(user, 'INBOX')).map(({ uid }) => uid);
    core.supervisor.setOffline(true);
    const there = await changeMailbox(server, user, uids);
    await delay(MAILDIR_GRAIN_MS);
    const theirDelta = mbsync?.run() ?? null;
    const arrived = () => {
      const { headers, bodies } = core.inbox(accountId);
      const { uid, starred } = newest(core);
      return (
        headers === there.count && bodies === there.count && uid === there.uid && starred === there.starred
      );
    };
    const delta = await timed(() => {
      core.supervisor.setOffline(false);
      return core.when(arrived);
    });
    rows.push(
      against(
        { name: 'reconnect with 100 flags, 50 new, 50 gone', value: delta.ms, unit: 'ms' },
        peer(theirDelta),
        '<=',
        1,
      ),
    );
    await core.stop();
    await proxy.close();
    return rows;
  },
};

async function noChange(
  proxy: FlakyProxy,
  cycle: () => Promise<unknown>,
  mbsync: Mbsync | null,
  peer: (value: number | null) => { readonly anchor: string; readonly anchorValue: number | null },
): Promise<Row[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const commands: number[] = [];
  const bytes: number[] = [];
  for (let run = 0; run < NO_CHANGE_RUNS; run++) {
    const from = proxy.lines.length;
    const before = proxy.bytes.client + proxy.bytes.server;
    ours.push((await timed(cycle)).ms);
    bytes.push(proxy.bytes.client + proxy.bytes.server - before);
    commands.push(
      proxy.lines.slice(from).filter(({ from: side, line }) => side === 'client' && /^\w+ [A-Z]/.test(line))
        .length,
    );
    if (mbsync) theirs.push(mbsync.run());
  }
  const name = 'cycle without changes';
  return [
    against({ name, value: median(ours), unit: 'ms' }, peer(mbsync ? median(theirs) : null), '<=', 1),
    atMost({ name: `${name}, absolute`, value: median(ours), unit: 'ms' }, 100),
    atMost({ name: `${name}, round trips`, value: median(commands), unit: 'commands' }, 3),
    atMost({ name: `${name}, on the wire`, value: median(bytes) / 1024, unit: 'KB' }, 20),
  ];
}

/** What other clients do while we are away: marks on old mail, new mail, the newest gone. Answers what is there then. */
async function changeMailbox(
  server: DovecotServer,
  user: TestUser,
  uids: readonly number[],
): Promise<{ readonly count: number; readonly uid: number; readonly starred: number }> {
  const client = await server.session(user);
  await client.mailboxOpen('INBOX');
  const set = (some: readonly number[]) => some.join(',');
  await client.messageFlagsAdd(set(uids.slice(0, FLAGGED)), ['\\Flagged', '$Work'], { uid: true });
  await client.messageDelete(set(uids.slice(-DELETED)), { uid: true });
  for (let index = 0; index < ARRIVED; index++) {
    await client.append('INBOX', generateMessage(index, 99, Date.UTC(2026, 0, 16)).raw, []);
  }
  await client.logout();
  const all = await server.list(user, 'INBOX');
  const starred = all.filter(({ flags }) => flags.includes('\\Flagged')).length;
  return { count: all.length, uid: all.at(-1)?.uid ?? 0, starred };
}

/** The highest UID that is stored, and how many messages are starred. */
function newest({ store }: Core): { readonly uid: number; readonly starred: number } {
  const inbox = store.read.prepare<[], { uid: number }>('SELECT max(uid) AS uid FROM placements').get();
  const list = store.read
    .prepare<[number], { messages: number }>('SELECT messages FROM lists WHERE list_id = ?')
    .get(SMART_LISTS.starred);
  return { uid: inbox?.uid ?? 0, starred: list?.messages ?? 0 };
}
