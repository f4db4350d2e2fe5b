import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredWire } from '../../src/sync/engine/plan-push';
import { type FlakyProxy, startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { commandsSince, startEngine, stopEngines, until } from './engine-support';
import { mail } from './imap-support';

const CAPABILITIES = 'IMAP4rev1 LITERAL+ SASL-IR ENABLE IDLE UIDPLUS UNSELECT NAMESPACE SPECIAL-USE';

afterEach(stopEngines);

/** What a message without a Message-ID looks like; two of them may be alike in all but their text. */
const nameless = (body: string) =>
  `From: ann@example.org\r\nSubject: ${body}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100\r\n\r\n${body}\r\n`;

/** What is committed about the change that is being sent, read by somebody else. */
function noted(profileDir: string): { state: string; uids: number[]; uidNext: number } | null {
  const db = new Database(join(profileDir, 'homeport.sqlite'), { readonly: true });
  try {
    const row = db.prepare('SELECT state, wire_json FROM pending_changes').get() as
      | { state: string; wire_json: string }
      | undefined;
    const [group] = row ? (JSON.parse(row.wire_json) as StoredWire).groups : [];
    if (!row || group?.action.kind !== 'move') return null;
    const uids = group.action.messages.map(({ uid }) => uid);
    return { state: row.state, uids: uids.sort(), uidNext: group.wire.destination?.uidNext ?? 0 };
  } finally {
    db.close();
  }
}

describe.each([
  ['a server with MOVE', `${CAPABILITIES} MOVE`, ['UID MOVE']],
  ['SYNC-103 a server without MOVE', CAPABILITIES, ['UID COPY', 'UID STORE', 'UID EXPUNGE']],
  ['a server without MOVE and UIDPLUS', CAPABILITIES.replace('UIDPLUS ', ''), ['UID COPY', 'UID STORE']],
] as const)('%s', (_name, capabilities, commands) => {
  let server: DovecotServer;
  let proxy: FlakyProxy;
  beforeAll(async () => {
    server = await startDovecot({ capabilities });
    proxy = await startFlakyProxy(server.imapPort);
  });
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });

  test.each(commands.flatMap((command) => [[command, 'before'] as const, [command, 'after'] as const]))(
    'each step is written down before it is sent: a link cut at %s, %s its effect, moves each message exactly once',
    async (command, when) => {
      const user = await server.addUser();
      for (const raw of [mail('named'), mail('twin'), mail('twin'), nameless('one'), nameless('two')])
        await server.append(user, raw);
      const engine = await startEngine();
      await engine.addImap(user, proxy.port);
      await engine.sync();
      const inbox = await engine.messages('INBOX');
      const uids = inbox.map(({ id }) => id);
      const mark = proxy.lines.length;
      const notes: ReturnType<typeof noted>[] = [];
      let cuts = 0;
      let armed = false;
      proxy.inspect = (from, data) => {
        if (cuts > 0) return true;
        const text = data.toString('latin1');
        const asked = from === 'client' && text.includes(` ${command} `);
        if (asked) notes.push(noted(engine.profileDir));
        if (when === 'before' ? asked : armed && from === 'server') {
          cuts += 1;
          return false;
        }
        armed ||= asked;
        return true;
      };
      await engine.call('mutations.apply', {
        target: { kind: 'messages', messageIds: uids },
        mutation: { kind: 'archive' },
      });
      await until('cut', () => cuts > 0, 10_000);
      await until('sent', async () => (await engine.call('status.get', {})).waiting === 0, 40_000);
      proxy.inspect = null;
      await engine.sync();
      await engine.sync();
      const live = (await server.list(user, 'INBOX')).filter(({ flags }) => !flags.includes('\\Deleted'));
      expect(live).toEqual([]);
      const archived = await server.list(user, 'Archive');
      expect(archived.map(({ messageId }) => messageId ?? '').sort()).toEqual([
        '',
        '',
        '<named@example.org>',
        '<twin@example.org>',
        '<twin@example.org>',
      ]);
      expect(await engine.call('status.get', {})).toMatchObject({ waiting: 0, parked: 0 });
      expect((await engine.messages('Archive')).map(({ subject }) => subject).sort()).toEqual(
        inbox.map(({ subject }) => subject).sort(),
      );
      expect(await engine.messages('INBOX')).toEqual([]);
      expect(notes[0]).toEqual({ state: 'claimed', uids: [1, 2, 3, 4, 5], uidNext: 1 });
      const wrote = commandsSince(proxy, mark).filter((said) =>
        /^UID (MOVE|COPY|STORE|EXPUNGE)|^EXPUNGE/.test(said),
      );
      const last = {
        'UID MOVE': 'UID MOVE 1:5 "Archive"',
        'UID COPY': 'UID COPY 1:5 "Archive"',
        'UID STORE': 'UID STORE 1:5 +FLAGS.SILENT (\\Deleted)',
        'UID EXPUNGE': 'UID EXPUNGE 1:5',
      };
      expect(new Set(wrote)).toEqual(new Set(commands.map((name) => last[name])));
    },
    60_000,
  );
});

test('SYNC-104 without UIDPLUS what others marked is not expunged, and ours stays marked and hidden', async () => {
  const server = await startDovecot({ capabilities: `${CAPABILITIES.replace('UIDPLUS ', '')} MOVE` });
  const proxy = await startFlakyProxy(server.imapPort);
  try {
    const user = await server.addUser();
    for (const name of ['marked elsewhere', 'to go', 'stays'])
      await server.append(user, mail(name.replaceAll(' ', '-'), { subject: name }), { mailbox: 'Trash' });
    const other = await server.session(user);
    await other.mailboxOpen('Trash');
    await other.messageFlagsAdd('1', ['\\Deleted'], { uid: true });
    await other.logout();
    const engine = await startEngine();
    await engine.addImap(user, proxy.port);
    await engine.sync();
    const mark = proxy.lines.length;
    const message = await engine.message('to go', 'Trash');
    await engine.call('mutations.apply', {
      target: { kind: 'messages', messageIds: [message.id] },
      mutation: { kind: 'delete' },
    });
    await until('sent', async () => (await engine.call('status.get', {})).waiting === 0, 20_000);
    await engine.sync();
    await engine.sync();
    expect((await engine.messages('Trash')).map(({ subject }) => subject)).toEqual(['stays']);
    expect(await engine.mailbox('Trash')).toMatchObject({ total: 1, unread: 1, threads: 1 });
    expect(commandsSince(proxy, mark).filter((said) => /EXPUNGE|^CLOSE/.test(said))).toEqual([]);
    const marked = (await server.list(user, 'Trash')).filter(({ flags }) => flags.includes('\\Deleted'));
    expect(marked.map(({ uid }) => uid)).toEqual([1, 2]);
  } finally {
    await stopEngines();
    await proxy.close();
    await server.stop();
  }
}, 60_000);
