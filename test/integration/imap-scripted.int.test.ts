import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { WatchEvent } from '../../src/sync/connectors/contract';
import { createFakeClock } from '../fakes/fake-clock';
import type { ImapScript } from '../fakes/scripted-imap-server';
import { factsOf } from '../fakes/unpack';
import { CHECKPOINT, MODSEQ_CAPABILITIES, OPENED, ROW, start, until } from './imap-scripted-support';
import { must, never, pullAll } from './imap-support';

describe('reading', () => {
  test('SYNC-061 UIDs left out of a FETCH are asked for once more as a set, then taken as gone', async () => {
    const open = await start((command) => {
      if (command.startsWith('EXAMINE')) return OPENED(6, 5);
      if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1:5\r\n%T OK done\r\n';
      if (command.startsWith('UID FETCH 1:5')) return `${ROW(1)}${ROW(5)}%T OK done\r\n`;
      if (command.startsWith('UID FETCH 2:4')) return `${ROW(3)}%T OK done\r\n`;
      return undefined;
    });
    const batches = await pullAll(open.connector, { plan: { kind: 'initial' } });
    expect(batches.flatMap((batch) => batch.added.map(({ uid }) => uid))).toEqual([5, 3, 1]);
    expect(open.server.commands.filter((command) => command.startsWith('UID FETCH'))).toHaveLength(2);
  });

  test('a message whose row cannot be read is asked again alone and kept as unreadable', async () => {
    const open = await start((command) => {
      if (command.startsWith('EXAMINE')) return OPENED(3, 2);
      if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1:2\r\n%T OK done\r\n';
      if (command.startsWith('UID FETCH 1:2'))
        return `* 1 FETCH (UID 1 FLAGS () BODYSTRUCTURE (("open)\r\n${ROW(2)}%T OK done\r\n`;
      if (command.startsWith('UID FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)')) {
        return '* 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE "20-Nov-2026 10:00:00 +0000" RFC822.SIZE 66)\r\n%T OK done\r\n';
      }
      return undefined;
    });
    const [batch] = await pullAll(open.connector, { plan: { kind: 'initial' } });
    expect(batch?.added.map(factsOf)).toMatchObject([
      { uid: 2, headers: { subject: 's2', unreadable: false } },
      {
        uid: 1,
        size: 66,
        keywords: ['$seen'],
        headers: { subject: '(unreadable message)', unreadable: true },
      },
    ]);
  });

  test('a damaged folder is refused by itself, whatever the server calls it', async () => {
    const { connector } = await start((command) => {
      if (/^EXAMINE/.test(command)) return '%T NO [SERVERBUG] Internal error occurred.\r\n';
      return undefined;
    });
    const pulled = [];
    const request = { remoteKey: 'Old', checkpoint: null, knownUids: [], firstWindow: 100 };
    for await (const batch of connector.pull({ ...request, plan: { kind: 'initial' } }, never))
      pulled.push(batch);
    const refusal = { kind: 'rejected', serverText: 'Internal error occurred.' };
    expect(pulled).toMatchObject([{ ok: false, failure: refusal }]);
    const bodies = [];
    const messages = [{ uid: 1, size: 10, textSections: null }];
    const wanted = { remoteKey: 'Old', uidValidity: '7', messages, wholeBelowBytes: 1_000 };
    for await (const body of connector.fetchBodies('bulk', wanted, never)) bodies.push(body);
    expect(bodies).toMatchObject([{ ok: false, failure: refusal }]);
  });

  test('SYNC-079 the star quirk is ignored', async () => {
    const open = await start(
      (command) => {
        if (command.startsWith('EXAMINE'))
          return '* 10 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n%T OK [READ-ONLY] done\r\n';
        // Asked for new mail from UID 11 on, the server answers with its highest old message.
        if (/^UID SEARCH RETURN \(ALL\) UID 11:/.test(command))
          return '* ESEARCH (TAG "x") UID ALL 10\r\n%T OK done\r\n';
        if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1:10\r\n%T OK done\r\n';
        return command.startsWith('UID FETCH') ? '%T OK done\r\n' : undefined;
      },
      { capabilities: 'IMAP4rev1 ESEARCH' },
    );
    const checkpoint = { ...CHECKPOINT, highestModseq: null };
    const batches = await pullAll(open.connector, {
      plan: { kind: 'window-scan', full: false },
      checkpoint,
      knownUids: [[1, 10]],
    });
    expect(batches.flatMap((batch) => batch.added)).toEqual([]);
    expect(batches.at(-1)?.checkpoint.uidNext).toBe(11);
  });

  test('SYNC-075 a huge VANISHED stays a range, and the checkpoint takes its modseq from the SELECT only', async () => {
    const open = await start(
      (command) => {
        if (command.startsWith('ENABLE')) return '* ENABLED QRESYNC\r\n%T OK done\r\n';
        if (command.startsWith('EXAMINE')) {
          const facts =
            '* OK [HIGHESTMODSEQ 120] h\r\n* VANISHED (EARLIER) 1:4,6:4294967295\r\n* 1 FETCH (UID 5 FLAGS (\\Seen) MODSEQ (999))\r\n';
          return OPENED(11, 1, facts);
        }
        return undefined;
      },
      { capabilities: MODSEQ_CAPABILITIES },
    );
    const [batch] = await pullAll(open.connector, {
      plan: { kind: 'qresync' },
      checkpoint: CHECKPOINT,
      knownUids: [[1, 10]],
    });
    expect(batch?.vanished).toEqual([
      [1, 4],
      [6, 4_294_967_295],
    ]);
    expect(batch?.flags).toEqual([{ uid: 5, keywords: ['$seen'], modseq: '999' }]);
    expect(batch?.checkpoint.highestModseq).toBe('120');
    expect(open.server.commands.find((command) => command.startsWith('EXAMINE'))).toContain(
      '(QRESYNC (7 100 1:10))',
    );
  });

  test.each([
    ['* OK [NOMODSEQ] n\r\n', null],
    ['* OK [HIGHESTMODSEQ 50] h\r\n', '50'],
  ])(
    'SYNC-077 a lost or lowered modseq compares all flags and UIDs, and the mailbox stays plain as long as it is so: %s',
    async (modseq, expected) => {
      const open = await start(
        (command) => {
          if (command.startsWith('ENABLE')) return '* ENABLED QRESYNC\r\n%T OK done\r\n';
          if (command.startsWith('EXAMINE')) return OPENED(11, 9, modseq);
          if (/^UID FETCH 1:(9|10) \(FLAGS\)/.test(command))
            return '* 2 FETCH (UID 2 FLAGS (\\Flagged))\r\n%T OK done\r\n';
          if (command.startsWith('UID SEARCH')) return '* ESEARCH (TAG "x") UID ALL 1:9\r\n%T OK done\r\n';
          return undefined;
        },
        { capabilities: MODSEQ_CAPABILITIES },
      );
      const [batch] = await pullAll(open.connector, {
        plan: { kind: 'qresync' },
        checkpoint: CHECKPOINT,
        knownUids: [[1, 10]],
      });
      expect(batch).toMatchObject({
        flags: [{ uid: 2, keywords: ['$flagged'] }],
        listing: [[1, 9]],
        checkpoint: { highestModseq: expected },
      });
      const again = open.server.commands.length;
      await pullAll(open.connector, {
        plan: { kind: 'qresync' },
        checkpoint: { ...CHECKPOINT, highestModseq: expected },
        knownUids: [[1, 9]],
      });
      const later = open.server.commands.slice(again);
      // Without numbers flags are compared and nothing is asked by them; a lowered one is the new beginning.
      expect(later.some((command) => command.startsWith('UID FETCH 1:9 (FLAGS)'))).toBe(expected === null);
      expect(later.some((command) => /CHANGEDSINCE|QRESYNC/.test(command))).toBe(expected !== null);
    },
  );

  test('SYNC-073 changes are fetched over 1:4294967295, and no command of any pull names the star', async () => {
    const open = await start(
      (command) => {
        if (command.startsWith('ENABLE')) return '* ENABLED CONDSTORE\r\n%T OK done\r\n';
        if (command.startsWith('EXAMINE')) return OPENED(12, 11, '* OK [HIGHESTMODSEQ 120] h\r\n');
        if (command.startsWith('UID SEARCH'))
          return `* ESEARCH (TAG "x") UID ALL ${command.includes('11:') ? '11' : '1:11'}\r\n%T OK done\r\n`;
        if (command.startsWith('UID FETCH 11')) return `${ROW(11)}%T OK done\r\n`;
        return command.startsWith('UID FETCH') ? '%T OK done\r\n' : undefined;
      },
      { capabilities: 'IMAP4rev1 ENABLE CONDSTORE UIDPLUS ESEARCH' },
    );
    const known = { checkpoint: CHECKPOINT, knownUids: [[1, 10] as const] };
    await pullAll(open.connector, { plan: { kind: 'condstore', compareUids: true }, ...known });
    await pullAll(open.connector, { plan: { kind: 'window-scan', full: false }, ...known });
    await pullAll(open.connector, { plan: { kind: 'initial' }, checkpoint: null, knownUids: [] });
    const commands = open.server.commands.filter((command) => command.startsWith('UID '));
    expect(commands.filter((command) => command.includes('CHANGEDSINCE'))).toEqual([
      expect.stringMatching(/^UID FETCH 1:4294967295 \(UID FLAGS\) \(CHANGEDSINCE 100\)$/),
    ]);
    expect(commands.length).toBeGreaterThan(4);
    for (const command of commands) expect(command).not.toMatch(/[0-9]:\*|\*:[0-9]/);
  });

  test('SYNC-086 a listing that was refused or whose count is not EXISTS removes nothing', async () => {
    let answer = '* ESEARCH (TAG "x") UID ALL 1:7\r\n%T OK done\r\n';
    const open = await start((command) => {
      if (command.startsWith('EXAMINE')) return OPENED(11, 10);
      if (command.startsWith('UID SEARCH')) return answer;
      return command.startsWith('UID FETCH') ? '%T OK done\r\n' : undefined;
    });
    const request = {
      plan: { kind: 'window-scan', full: true },
      checkpoint: { ...CHECKPOINT, highestModseq: null },
      knownUids: [[1, 10]],
    } as const;
    const [batch] = await pullAll(open.connector, request);
    expect(batch).toMatchObject({ listing: null, vanished: [] });
    answer = '* ESEARCH (TAG "x") UID ALL 1:10\r\n%T NO search failed\r\n';
    await expect(pullAll(open.connector, request)).rejects.toThrow('search failed');
    answer = '* ESEARCH (TAG "x") UID ALL 1:10\r\n%T OK done\r\n';
    expect((await pullAll(open.connector, request))[0]?.listing).toEqual([[1, 10]]);
  });

  test('a mailbox name of raw bytes is shown with a replacement and used as it came', async () => {
    const open = await start((command) => {
      if (command.startsWith('LIST'))
        return '* LIST () "/" "Entw\xfcrfe"\r\n* LIST () "/" inbox\r\n%T OK done\r\n';
      if (command.startsWith('STATUS'))
        return '* STATUS INBOX (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 7)\r\n%T OK done\r\n';
      if (command === 'EXAMINE {8}') return '+ go on\r\n';
      return command.startsWith('LSUB') ? '%T OK done\r\n' : undefined;
    });
    const { mailboxes } = must(await open.connector.listMailboxes(never));
    expect(mailboxes).toMatchObject([
      { path: 'Entw\uFFFDrfe', remoteKey: 'Entw\xfcrfe' },
      { path: 'INBOX', role: 'inbox' },
    ]);
    void open.connector
      .pull(
        {
          remoteKey: 'Entw\xfcrfe',
          plan: { kind: 'initial' },
          checkpoint: null,
          knownUids: [],
          firstWindow: 1,
        },
        never,
      )
      .next();
    await until(() => open.server.commands.includes('Entw\xfcrfe'));
  });

  test('SYNC-046 mailboxes are examined for reading and CLOSE is never sent', async () => {
    const open = await start((command) =>
      command.startsWith('UID SEARCH') ? '* ESEARCH (TAG "x") UID\r\n%T OK done\r\n' : undefined,
    );
    for (const remoteKey of ['INBOX', 'Sent', 'INBOX'])
      await pullAll(open.connector, { remoteKey, plan: { kind: 'initial' } });
    expect(
      open.server.commands
        .filter((command) => /^(SELECT|EXAMINE|CLOSE)/.test(command))
        .map((command) => command.split(' ')[0]),
    ).toEqual(['EXAMINE', 'EXAMINE', 'EXAMINE']);
    const action = { kind: 'delete', remoteKey: 'INBOX', messages: [] } as const;
    await open.connector.push(action, { source: null, destination: null }, never);
    expect(open.server.commands.at(-1)).toMatch(/^SELECT/);
    expect(open.server.commands).not.toContain('CLOSE');
  });
});

describe('signing in', () => {
  test('closing ends an attempt that hangs, and so does its deadline', async () => {
    const clock = createFakeClock();
    const open = await start((command) => (command.startsWith('LOGIN') ? null : undefined), { clock });
    const hanging = open.connector.connect('interactive', never);
    await until(() => open.server.commands.some((command) => command.startsWith('LOGIN')));
    clock.advance(60_000);
    expect(await hanging).toMatchObject({ ok: false, failure: { kind: 'offline' } });
    const again = open.connector.connect('interactive', never);
    await until(() => open.server.commands.filter((command) => command.startsWith('LOGIN')).length === 2);
    await open.connector.close();
    expect(await again).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  test('the password is not sent when LOGIN is disabled', async () => {
    const open = await start(() => undefined, { capabilities: 'IMAP4rev1 LOGINDISABLED' });
    expect(await open.connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'auth' },
    });
    expect(open.server.commands.join()).not.toContain('secret');
  });

  test('STARTTLS: an injected line, a PREAUTH greeting and a missing offer all end the connection unauthenticated', async () => {
    const injected = await start(
      (command) => (command === 'STARTTLS' ? '%T OK go\r\n* OK injected\r\n' : undefined),
      {
        capabilities: 'IMAP4rev1 STARTTLS',
        security: 'starttls',
      },
    );
    expect(await injected.connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'tls' },
    });
    injected.server.close();
    const preauth = await start(() => undefined, {
      greeting: '* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n',
      security: 'starttls',
    });
    expect(await preauth.connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'tls' },
    });
    preauth.server.close();
    const missing = await start(() => undefined, { security: 'starttls' });
    expect(await missing.connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'tls' },
    });
    for (const { commands } of [injected.server, preauth.server, missing.server])
      expect(commands.join()).not.toMatch(/LOGIN|AUTHENTICATE/);
  });

  test.each([
    ['OAUTHBEARER', 'AQ=='],
    ['XOAUTH2', ''],
  ])('SYNC-012 a refused %s answers the challenge and tells what it said', async (mechanism, answer) => {
    const challenge = Buffer.from('{"status":"invalid_token","scope":"mail"}').toString('base64');
    const open = await start(
      (command) => {
        if (command.startsWith('AUTHENTICATE')) return `+ ${challenge}\r\n`;
        return command === answer ? '%T NO [AUTHENTICATIONFAILED] no\r\n' : undefined;
      },
      { capabilities: `IMAP4rev1 SASL-IR AUTH=${mechanism}`, account: { auth: 'oauth' } },
    );
    expect(await open.connector.connect('interactive', never)).toMatchObject({
      ok: false,
      failure: { kind: 'auth', reason: 'expired', serverText: '{"status":"invalid_token","scope":"mail"}' },
    });
    expect(open.server.commands[0]).toContain(`AUTHENTICATE ${mechanism}`);
  });
});

describe('the end', () => {
  const isListing = (command: string) => command.startsWith('LIST "" "*"');
  test.each([
    ['answers after a second', true],
    ['never answers', false],
  ])('SYNC-403 a command on its way gets two seconds: a server that %s', async (_name, answers) => {
    const clock = createFakeClock();
    const open = await start((command) => (isListing(command) ? null : undefined), { clock });
    must(await open.connector.connect('bulk', never));
    const listing = open.connector.listMailboxes(never);
    await until(() => open.server.commands.some(isListing));
    let closed = false;
    const closing = open.connector.close().then(() => {
      closed = true;
    });
    clock.advance(1_000);
    await delay(50);
    expect(closed).toBe(false);
    if (answers) open.server.send(`* LIST () "/" INBOX\r\n${open.server.lastTag()} OK done\r\n`);
    else clock.advance(1_000);
    await closing;
    // Only a connection that is free can say good-bye.
    expect(open.server.commands.includes('LOGOUT')).toBe(answers);
    await listing;
  });
});

describe('watching by a fake clock', () => {
  async function watching(script: ImapScript, capabilities?: string, isVisible = () => true) {
    const clock = createFakeClock();
    const open = await start(script, { clock, ...(capabilities ? { capabilities } : {}) });
    const events: WatchEvent[] = [];
    const stop = new AbortController();
    const done = (async () => {
      for await (const event of open.connector.watch('INBOX', stop.signal, { isVisible })) events.push(event);
    })();
    await until(() => events.length === 2);
    const count = (command: string) => open.server.commands.filter((said) => said === command).length;
    return { ...open, clock, events, stop, done, count };
  }

  test('an IDLE without a word for 5 min is ended, and a DONE without answer for 15 s means a dead link', async () => {
    let deaf = false;
    const watch = await watching((command) => (command === 'DONE' && deaf ? null : undefined));
    await until(() => watch.count('IDLE') === 1);
    await delay(20);
    watch.clock.advance(5 * 60_000);
    await until(() => watch.count('IDLE') === 2);
    expect(watch.count('DONE')).toBe(1);
    deaf = true;
    await delay(20);
    watch.clock.advance(5 * 60_000);
    await until(() => watch.count('DONE') === 2);
    watch.clock.advance(15_000);
    await watch.done;
    expect(watch.events.at(-1)).toMatchObject({ kind: 'ended', failure: { kind: 'offline' } });
  });

  test('IDLE is issued again after nine minutes although the server gives signs of life', async () => {
    const watch = await watching(() => undefined);
    await until(() => watch.count('IDLE') === 1);
    for (let minutes = 0; minutes < 8; minutes += 2) {
      watch.server.send('* OK Still here\r\n');
      await delay(20);
      watch.clock.advance(2 * 60_000);
    }
    expect(watch.count('DONE')).toBe(0);
    watch.clock.advance(60_000);
    await until(() => watch.count('IDLE') === 2);
    expect(watch.events.filter(({ kind }) => kind === 'dirty')).toHaveLength(1);
    watch.stop.abort();
    await watch.done;
  });

  test('SYNC-120 a burst of 100 arrivals is at most two events', async () => {
    const watch = await watching(() => undefined);
    await until(() => watch.count('IDLE') === 1);
    watch.clock.advance(500);
    await delay(20);
    for (let count = 1; count <= 100; count++) watch.server.send(`* ${count} EXISTS\r\n`);
    await until(() => watch.events.length >= 3);
    await delay(50);
    watch.clock.advance(1_000);
    await delay(50);
    expect(watch.events.length).toBeLessThanOrEqual(4);
    watch.stop.abort();
    await watch.done;
  });

  test('SYNC-119 without IDLE the mailbox is asked every minute while a window can be seen, else every five, and no more when the account is paused', async () => {
    let isVisible = true;
    const watch = await watching(
      (command) => (command === 'NOOP' ? '* 1 EXISTS\r\n%T OK done\r\n' : undefined),
      'IMAP4rev1',
      () => isVisible,
    );
    /** NOOPs of so many minutes. */
    const minutes = async (many: number) => {
      const before = watch.count('NOOP');
      for (let minute = 0; minute < many; minute++) {
        watch.clock.advance(59_000);
        await delay(8);
        watch.clock.advance(1_000);
        await delay(8);
      }
      return watch.count('NOOP') - before;
    };
    await delay(20);
    watch.clock.advance(59_000);
    await delay(20);
    expect(watch.count('NOOP')).toBe(0);
    watch.clock.advance(1_000);
    await until(() => watch.events.length === 3);
    expect(watch.events.at(-1)).toEqual({ kind: 'dirty' });
    expect(await minutes(5)).toBe(5);
    isVisible = false;
    expect(await minutes(15)).toBe(3);
    // Who comes back does not wait for five minutes.
    expect(await minutes(2)).toBe(0);
    isVisible = true;
    expect(await minutes(1)).toBe(1);
    watch.stop.abort();
    await watch.done;
    expect(await minutes(10)).toBe(0);
  });
});
