/** What servers have: listings, namespaces, names and counts, on a real server and in the answers of odd ones. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startFlakyProxy } from '../servers/flaky-proxy';
import { type DovecotServer, startDovecot } from '../servers/start-dovecot';
import { commandsSince, startEngine, stopEngines } from './engine-support';
import { start } from './imap-scripted-support';
import { connectTo, mail, must, never, plainAccount, pullFirst } from './imap-support';

/** A second personal namespace, one that all users share, and those of the other users. */
const NAMESPACES = `
mail_plugins = zlib
namespace old {
  type = private
  separator = /
  prefix = Old/
  location = maildir:~/Old
}
namespace team {
  type = public
  separator = /
  prefix = Team/
  location = maildir:~/../team
  subscriptions = no
}
namespace users {
  type = shared
  separator = /
  prefix = users/%%n/
  location = maildir:~/../%%n/Maildir
  list = yes
  subscriptions = no
}
`;

let server: DovecotServer;
let grouped: DovecotServer;
beforeAll(async () => {
  server = await startDovecot();
  grouped = await startDovecot({ more: NAMESPACES });
});
afterEach(stopEngines);
afterAll(async () => {
  await server.stop();
  await grouped.stop();
});

test('SYNC-034 mailboxes of all namespaces are listed, those of others come when they are wanted', async () => {
  const user = await grouped.addUser();
  const client = await grouped.session(user);
  const plans = `Plans ${user.name}`;
  await client.mailboxCreate(`Team/${plans}`);
  await client.mailboxCreate('Old/2019');
  await client.logout();
  await grouped.append(user, mail('ours'), { mailbox: `Team/${plans}` });
  await grouped.append(user, mail('mine'), { mailbox: 'Old/2019' });

  const engine = await startEngine();
  await engine.addImap(user, grouped.imapPort);
  await engine.sync();
  const shared = await engine.mailbox(`Team/${plans}`);
  expect(shared).toMatchObject({ name: plans, policy: 'off', serverTotal: 1, stored: 0, complete: false });
  expect((await engine.mailbox('Team')).selectable).toBe(false);
  expect(await engine.mailbox('Old/2019')).toMatchObject({ policy: 'everything', stored: 1, complete: true });
  await engine.call('mailboxes.setPolicy', { mailboxId: shared.id, policy: 'everything' });
  await engine.sync();
  expect((await engine.messages(`Team/${plans}`)).map(({ subject }) => subject)).toEqual(['About ours']);
  await engine.sync();
  expect((await engine.mailbox(`Team/${plans}`)).policy).toBe('everything');
});

test.each([
  {
    name: 'everything that is not below INBOX is shared',
    namespaces: '(("INBOX." ".")) (("user." ".")) (("" "."))',
    listed: ['"." INBOX', '"." INBOX.Trash', '"." user.bob.Sent', '"." Team.Sent', '"." Sent'],
    kinds: {
      INBOX: 'personal',
      'INBOX.Trash': 'personal',
      'user.bob.Sent': 'other',
      'Team.Sent': 'shared',
      Sent: 'shared',
    },
    roles: ['inbox', 'trash'],
    asked: ['"*"', '"user.*"'],
  },
  {
    name: 'two personal ones and a tilde',
    namespaces: '(("" "/")("Old/" "/")) (("~" "/")) (("#shared/" "/"))',
    listed: ['"/" INBOX', '"/" Sent', '"/" Old/Sent', '"/" ~bob/Sent', '"/" #shared', '"/" #shared/a.b'],
    kinds: {
      INBOX: 'personal',
      Sent: 'personal',
      'Old/Sent': 'personal',
      '~bob/Sent': 'other',
      '#shared': 'shared',
      '#shared/a.b': 'shared',
    },
    roles: ['inbox', 'sent'],
    asked: ['"*"', '"Old/*"', '"~*"', '"#shared/*"'],
  },
  {
    name: 'no hierarchy at all',
    namespaces: '(("" NIL)) NIL NIL',
    listed: ['NIL INBOX', 'NIL a/b.c', 'NIL Drafts'],
    kinds: { INBOX: 'personal', 'a/b.c': 'personal', Drafts: 'personal' },
    roles: ['inbox', 'drafts'],
    asked: ['"*"'],
  },
])('SYNC-034 prefix and delimiter are those of the server: $name', async (example) => {
  for (const capabilities of ['IMAP4rev1 NAMESPACE', 'IMAP4rev1 NAMESPACE LIST-EXTENDED LIST-STATUS']) {
    const open = await start(
      (command) => {
        if (command === 'NAMESPACE') return `* NAMESPACE ${example.namespaces}\r\n%T OK done\r\n`;
        if (command.startsWith('LIST'))
          return `${example.listed.map((line) => `* LIST () ${line}\r\n`).join('')}%T OK done\r\n`;
        return /^(LSUB|STATUS)/.test(command) ? '%T NO none\r\n' : undefined;
      },
      { capabilities },
    );
    const { mailboxes } = must(await open.connector.listMailboxes(never));
    expect(Object.fromEntries(mailboxes.map((box) => [box.path, box.namespace]))).toEqual(example.kinds);
    expect(mailboxes.flatMap(({ role }) => role ?? [])).toEqual(example.roles);
    if (example.name === 'no hierarchy at all')
      expect(mailboxes.map(({ delimiter }) => delimiter)).toEqual([null, null, null]);
    const lists = open.server.commands.filter((command) => command.startsWith('LIST'));
    expect(lists).toHaveLength(capabilities.includes('EXTENDED') ? 1 : example.asked.length);
    expect(lists.join().match(/"[^"]*\*"/g)).toEqual(example.asked);
    await open.connector.close();
    open.server.close();
  }
});

test('SYNC-033 a look for changes is one LIST with the counts of every mailbox', async () => {
  const user = await server.addUser();
  await server.append(user, mail('one'));
  const proxy = await startFlakyProxy(server.imapPort);
  const engine = await startEngine();
  await engine.addImap(user, proxy.port);
  await engine.sync();
  const from = proxy.lines.length;
  await server.append(user, mail('two'), { mailbox: 'Archive' });
  await engine.sync();
  const commands = commandsSince(proxy, from);
  const sweep = /^LIST "" "\*" RETURN \((.*) STATUS \((.*)\)\)$/;
  const lists = commands.filter((command) => command.startsWith('LIST'));
  const sweeps = lists.map((command) => sweep.exec(command));
  expect(lists.length).toBeGreaterThan(0);
  for (const found of sweeps) {
    expect(found?.[1]?.split(' ').sort()).toEqual(['CHILDREN', 'SPECIAL-USE', 'SUBSCRIBED']);
    expect(found?.[2]).toBe('MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ SIZE');
  }
  expect(commands.filter((command) => /^(STATUS|LSUB)/.test(command))).toEqual([]);
  // The sweep says which mailbox changed: the others are not even opened.
  expect(commands.filter((command) => /^(EXAMINE|SELECT)/.test(command)).join()).toMatch(
    /^EXAMINE "?Archive"?[^,]*$/,
  );
  expect(await engine.messages('Archive')).toHaveLength(1);
  await engine.stop();
  await proxy.close();
});

test('SYNC-033 ids where they are offered, and without LIST-STATUS one STATUS a mailbox, never of the selected one', async () => {
  for (const [capabilities, items, leave] of [
    ['IMAP4rev1 UNSELECT ESEARCH', 'MESSAGES UNSEEN UIDNEXT UIDVALIDITY', 'UNSELECT'],
    ['IMAP4rev1', 'MESSAGES UNSEEN UIDNEXT UIDVALIDITY', null],
    [
      'IMAP4rev1 UNSELECT CONDSTORE OBJECTID STATUS=SIZE',
      'MESSAGES UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ MAILBOXID SIZE',
      'UNSELECT',
    ],
  ] as const) {
    let selected = '';
    const open = await start(
      (command) => {
        const [word = '', name = ''] = command.replaceAll('"', '').split(' ');
        if (word === 'EXAMINE') {
          selected = name;
          return '* 2 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 9] n\r\n%T OK [READ-ONLY] done\r\n';
        }
        if (word === 'UNSELECT') selected = '';
        if (command === 'UID SEARCH UNSEEN') return '* SEARCH 5\r\n%T OK done\r\n';
        if (command.startsWith('UID SEARCH')) return '* SEARCH 5 8\r\n%T OK done\r\n';
        if (word === 'UID') return '%T OK done\r\n';
        if (word === 'LIST') return '* LIST () "/" INBOX\r\n* LIST () "/" Work\r\n%T OK done\r\n';
        if (word !== 'STATUS') return word === 'LSUB' ? '%T OK done\r\n' : undefined;
        expect(name).not.toBe(selected);
        return `* STATUS ${name} (MESSAGES 2 UNSEEN 1 UIDNEXT 9 UIDVALIDITY 7 SIZE 70 MAILBOXID (F${name}))\r\n%T OK done\r\n`;
      },
      { capabilities },
    );
    await pullFirst(open.connector).catch(() => undefined);
    const before = open.server.commands.length;
    const { mailboxes } = must(await open.connector.listMailboxes(never));
    const status = { messages: 2, unseen: 1, uidNext: 9, uidValidity: '7' };
    expect(mailboxes.map((box) => box.status)).toMatchObject([status, status]);
    const commands = open.server.commands.slice(before);
    if (leave) expect(commands[0]).toBe(leave);
    const asked = commands.filter((command) => command.startsWith('STATUS'));
    expect(asked).toHaveLength(leave ? 2 : 1);
    for (const command of asked) expect(command).toMatch(new RegExp(`\\(${items}\\)$`));
    if (capabilities.includes('OBJECTID')) {
      expect(mailboxes.map(({ remoteId }) => remoteId)).toEqual(['FINBOX', 'FWork']);
      expect(mailboxes[0]?.status?.size).toBe(70);
    }
    await open.connector.close();
    open.server.close();
  }
});

test('SYNC-035 names in either form are read and work, also on a real server', async () => {
  const user = await server.addUser();
  const client = await server.session(user);
  for (const name of ['Entwürfe & Pläne', '日本/😀']) await client.mailboxCreate(name);
  await client.logout();
  await server.append(user, mail('hi'), { mailbox: '日本/😀' });
  const engine = await startEngine();
  await engine.addImap(user, server.imapPort);
  await engine.sync();
  expect(await engine.mailbox('Entwürfe & Pläne')).toMatchObject({ complete: true });
  expect(await engine.mailbox('日本/😀')).toMatchObject({ name: '😀' });
  expect((await engine.messages('日本/😀')).map(({ subject }) => subject)).toEqual(['About hi']);
});

test('SYNC-035 a name that cannot be decoded is kept as its bytes, shown with a replacement and opened', async () => {
  const utf8 = Buffer.from('Entwürfe').toString('latin1');
  const names: readonly (readonly [wire: string, shown: string])[] = [
    ['Entw&APw-rfe', 'Entwürfe'],
    [utf8, 'Entwürfe'],
    ['Entw\xfcrfe', 'Entw\uFFFDrfe'],
    ['B&%%-d', 'B\uFFFD%%-d'],
    ['R&D', 'R&D'],
  ];
  const opened: string[] = [];
  const open = await start((command) => {
    if (command.startsWith('LIST'))
      return `${names.map(([wire]) => `* LIST () "/" {${wire.length}}\r\n${wire}\r\n`).join('')}%T OK done\r\n`;
    if (/^(LSUB|STATUS)/.test(command)) return '%T NO none\r\n';
    if (/^EXAMINE \{\d+\}$/.test(command)) return '+ go on\r\n';
    const plain = /^EXAMINE "(.*)"$/.exec(command)?.[1];
    if (plain === undefined && !names.some(([wire]) => wire === command)) return undefined;
    opened.push(plain ?? command);
    return '* 0 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 1] n\r\n%T OK [READ-ONLY] done\r\n';
  });
  const { mailboxes } = must(await open.connector.listMailboxes(never));
  expect(mailboxes.map(({ remoteKey, path }) => [remoteKey, path])).toEqual(names);
  for (const { remoteKey } of mailboxes) await pullFirst(open.connector, remoteKey);
  expect(opened).toEqual(names.map(([wire]) => wire));
});

test('SYNC-032 one LIST where the server can, otherwise LIST, LSUB and the counts many at once, what matters first', async () => {
  const user = await server.addUser();
  const rich = startFlakyProxy(server.imapPort);
  const poorServer = await startDovecot({ capabilities: 'IMAP4rev1 NAMESPACE UIDPLUS UNSELECT ID' });
  try {
    const poorUser = await poorServer.addUser();
    const poor = startFlakyProxy(poorServer.imapPort);
    const said = async (from: typeof server, who: typeof user, link: typeof rich) => {
      const client = await from.session(who);
      for (let at = 0; at < 30; at++) await client.mailboxCreate(`Box ${at} "q" \\b`);
      await client.mailboxSubscribe('Box 3 "q" \\b');
      await client.logout();
      await from.append(who, mail('one'), { mailbox: 'Box 7 "q" \\b' });
      const proxy = await link;
      const connector = connectTo(plainAccount(from, who, { port: proxy.port }));
      must(await connector.connect('bulk', never));
      const mark = proxy.lines.length;
      const { mailboxes } = must(await connector.listMailboxes(never));
      await connector.close();
      await proxy.close();
      return { mailboxes, lines: proxy.lines.slice(mark) };
    };
    const one = await said(server, user, rich);
    const many = await said(poorServer, poorUser, poor);
    const facts = (listing: typeof one) =>
      listing.mailboxes
        .map(({ path, role, subscribed, status }) => [
          path,
          role,
          subscribed,
          status?.messages,
          status?.unseen,
        ])
        .toSorted();
    expect(facts(many)).toEqual(facts(one));
    expect(one.mailboxes).toHaveLength(36);
    const commands = (listing: typeof one) =>
      listing.lines.flatMap(({ from, line }) => {
        const command = /^\w+ (LIST|LSUB|STATUS) /.exec(line)?.[1];
        return from === 'client' && command ? [command] : [];
      });
    expect(commands(one)).toEqual(['LIST']);
    expect(commands(many)).toEqual(['LIST', 'LSUB', ...Array<string>(36).fill('STATUS')]);
    // Twenty questions are on their way before the first answer is read, and nobody waits for each.
    const turns = many.lines.flatMap(({ from, line }) => (/STATUS/.test(line) ? [from] : []));
    expect(turns.filter((from, at) => from === 'client' && turns[at - 1] === 'server').length).toBeLessThan(
      5,
    );
    const asked = many.lines.flatMap(({ from, line }) =>
      from === 'client' ? (/STATUS "?(\w+)/.exec(line)?.[1] ?? []) : [],
    );
    expect(asked.slice(0, 4)).toEqual(['INBOX', 'Sent', 'Drafts', 'Archive']);
    expect(new Set(asked.slice(6))).toEqual(new Set(['Box']));
  } finally {
    await poorServer.stop();
  }
});

test('a mailbox whose count is refused, or whose name needs a literal, does not mix up the others', async () => {
  const boxes = ['Zoo', 'Refused', 'Entw\xfcrfe', 'Apples', 'INBOX'];
  const open = await start((command) => {
    if (command.startsWith('LIST'))
      return `${boxes.map((box) => `* LIST () "/" {${box.length}}\r\n${box}\r\n`).join('')}%T OK done\r\n`;
    if (command.startsWith('LSUB')) return '%T OK done\r\n';
    if (/^STATUS \{\d+\}$/.test(command)) return '+ go on\r\n';
    const name = /^STATUS "?(\w+)/.exec(command)?.[1] ?? (/^Entw/.test(command) ? boxes[2] : undefined);
    if (name === undefined) return undefined;
    if (name === 'Refused') return '%T NO not this one\r\n';
    const counts = `(MESSAGES ${name.length} UNSEEN 0 UIDNEXT 2 UIDVALIDITY 7)`;
    return `* STATUS {${name.length}}\r\n${name} ${counts}\r\n%T OK done\r\n`;
  });
  const { mailboxes } = must(await open.connector.listMailboxes(never));
  expect(mailboxes.map(({ remoteKey, status }) => [remoteKey, status?.messages ?? null])).toEqual(
    boxes.map((box) => [box, box === 'Refused' ? null : box.length]),
  );
});

test('SYNC-037 a server that knows only XLIST is asked by it, a real one tells roles by attribute', async () => {
  const open = await start(
    (command) => {
      if (command.startsWith('XLIST'))
        return [
          '* XLIST (\\HasNoChildren \\Inbox) "/" "Posteingang"',
          '* XLIST (\\HasNoChildren \\AllMail) "/" "Alle Nachrichten"',
          '* XLIST (\\HasNoChildren \\Spam) "/" "Unerwartet"',
          '* XLIST (\\HasNoChildren) "/" "Sent"',
          '%T OK done\r\n',
        ].join('\r\n');
      const status = /^STATUS ("[^"]*"|\S+)/.exec(command);
      if (status)
        return `* STATUS ${status[1]} (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 7)\r\n%T OK done\r\n`;
      return command.startsWith('LSUB') ? '%T OK done\r\n' : undefined;
    },
    { capabilities: 'IMAP4rev1 XLIST' },
  );
  const listed = must(await open.connector.listMailboxes(never)).mailboxes;
  expect(Object.fromEntries(listed.map(({ path, role }) => [path, role]))).toEqual({
    Posteingang: 'inbox',
    'Alle Nachrichten': 'all',
    Unerwartet: 'junk',
    Sent: 'sent',
  });

  const user = await server.addUser();
  const connector = connectTo(plainAccount(server, user));
  const real = must(await connector.listMailboxes(never)).mailboxes;
  expect(real.flatMap(({ role }) => role ?? []).toSorted()).toEqual([
    'archive',
    'drafts',
    'inbox',
    'junk',
    'sent',
    'trash',
  ]);
  await connector.close();
});
