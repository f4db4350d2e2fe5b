import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../fakes/fake-clock';
import { OPENED, ROW, start, until } from './imap-scripted-support';
import { must, never, pullAll } from './imap-support';

describe('hostile and broken servers', () => {
  test('silence ends a command after 60 s as offline', async () => {
    const clock = createFakeClock();
    const open = await start((command) => (command.startsWith('EXAMINE') ? null : undefined), { clock });
    const pulled = pullAll(open.connector, { plan: { kind: 'initial' } }).catch((error: unknown) =>
      String(error),
    );
    await until(() => open.server.commands.some((command) => command.startsWith('EXAMINE')));
    clock.advance(59_000);
    await delay(20);
    clock.advance(20_000);
    expect(await pulled).toContain('stopped answering');
  });

  test('a line without end is cut at its bound, and the failure names it', async () => {
    const open = await start((command) =>
      command.startsWith('EXAMINE') ? `* OK ${'x'.repeat(1_100_000)}` : undefined,
    );
    const stream = open.connector.pull(
      { remoteKey: 'INBOX', plan: { kind: 'initial' }, checkpoint: null, knownUids: [], firstWindow: 1 },
      never,
    );
    expect((await stream.next()).value).toMatchObject({
      ok: false,
      failure: { kind: 'protocol', bound: 'line' },
    });
  });

  test('garbage between the lines, odd numbers and a BYE never throw', async () => {
    const noise =
      '\x00\x01\x02\r\n* \r\n* -1 EXISTS\r\n* 99999999999999999999 EXISTS\r\n* FETCH\r\n* 1 FETCH (((\r\n* LIST\r\n* VANISHED x\r\n* OK [\r\n';
    const open = await start((command) => {
      if (command.startsWith('EXAMINE')) return `${noise}${OPENED(3, 2)}`;
      if (command.startsWith('UID SEARCH'))
        return `${noise}* ESEARCH NIL\r\n* SEARCH a -1 2\r\n* ESEARCH (TAG "x") UID ALL 1:2\r\n%T OK done\r\n`;
      if (command.startsWith('UID FETCH'))
        return `${noise}${ROW(2)}${ROW(2)}${ROW(77)}${ROW(1)}%T OK done\r\n`;
      return command.startsWith('LIST "" "*"') ? '* BYE go away\r\n' : undefined;
    });
    const [batch] = await pullAll(open.connector, { plan: { kind: 'initial' } });
    expect(batch?.added.map(({ uid }) => uid)).toEqual([2, 1]);
    expect(await open.connector.listMailboxes(never)).toMatchObject({
      ok: false,
      failure: { kind: 'offline' },
    });
  });

  test('a listing with an unreadable line is not complete, so nothing counts as deleted', async () => {
    const open = await start((command) => {
      if (command.startsWith('LIST "" "*"'))
        return '* LIST () "/" "Work\r\n* LIST () "/" INBOX\r\n%T OK done\r\n';
      return command.startsWith('LSUB') || command.startsWith('STATUS') ? '%T OK done\r\n' : undefined;
    });
    const listing = must(await open.connector.listMailboxes(never));
    expect(listing).toMatchObject({ complete: false, mailboxes: [{ remoteKey: 'INBOX', status: null }] });
  });

  test('a pause asked for by the server is told with its length', async () => {
    const open = await start((command) =>
      command.startsWith('LIST "" "*"')
        ? '%T BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds\r\n'
        : undefined,
    );
    expect(await open.connector.listMailboxes(never)).toMatchObject({
      ok: false,
      failure: { kind: 'throttled', retryAfterMs: 92_415 },
    });
  });

  test('a label the mailbox does not keep is never sent and told as such; a mark it does not keep is refused', async () => {
    const open = await start((command) => {
      if (command.startsWith('SELECT'))
        return '* 1 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [PERMANENTFLAGS (\\Seen)] p\r\n%T OK [READ-WRITE] x\r\n';
      if (command.startsWith('UID SEARCH')) return '* SEARCH 1\r\n%T OK x\r\n';
      return command.startsWith('UID STORE') ? '%T OK x\r\n' : undefined;
    });
    const messages = [{ uidValidity: '7', uid: 1, identity: null }];
    const push = async (add: string[], remove: string[] = []) =>
      must(
        await open.connector.push(
          { kind: 'keywords', remoteKey: 'INBOX', messages, add, remove },
          { source: null, destination: null },
          never,
        ),
      );
    expect(await push(['holiday', '$seen'], ['work'])).toMatchObject({
      items: [{ uid: 1, result: 'done' }],
      notKept: ['holiday'],
      keepsLabels: false,
    });
    expect((await push(['$flagged'])).items).toMatchObject([
      { result: 'failed', failure: { kind: 'rejected', message: expect.stringContaining('does not keep') } },
    ]);
    const stores = open.server.commands.filter((command) => command.startsWith('UID STORE'));
    expect(stores).toEqual([expect.stringMatching(/\+FLAGS\.SILENT \(\\Seen\)/i)]);
  });

  test('the mark of what is put off is left out where the mailbox does not keep it', async () => {
    const open = await start((command) => {
      if (command.startsWith('SELECT'))
        return '* 1 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [PERMANENTFLAGS (\\Seen)] p\r\n%T OK [READ-WRITE] x\r\n';
      if (command.startsWith('UID SEARCH')) return '* SEARCH 1\r\n%T OK x\r\n';
      return command.startsWith('UID STORE') ? '%T OK x\r\n' : undefined;
    });
    const messages = [{ uidValidity: '7', uid: 1, identity: null }];
    const action = {
      kind: 'keywords',
      remoteKey: 'INBOX',
      messages,
      add: ['$snoozed'],
      remove: ['$seen'],
    } as const;
    const report = must(await open.connector.push(action, { source: null, destination: null }, never));
    expect(report.items).toMatchObject([{ uid: 1, result: 'done' }]);
    const stores = open.server.commands.filter((command) => command.startsWith('UID STORE'));
    expect(stores).toEqual([expect.stringMatching(/-FLAGS\.SILENT \(\\Seen\)/i)]);
  });
});

describe('fuzzing', () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      '* 3 EXISTS\r\n',
      '* OK [UIDVALIDITY 7] v\r\n',
      '* OK [UIDNEXT 4] n\r\n',
      '* OK [UIDNEXT -1] n\r\n',
      '* 1 EXPUNGE\r\n',
      '* VANISHED 1:4294967295\r\n',
      '* VANISHED (EARLIER) *\r\n',
      '* ESEARCH (TAG "x") UID ALL 3,1:2\r\n',
      '* SEARCH 1 2 3 3\r\n',
      '* OK [HIGHESTMODSEQ 18446744073709551616] h\r\n',
      '* FLAGS NIL\r\n',
      '* 2 FETCH (UID 2 FLAGS NIL RFC822.SIZE 5)\r\n',
      '* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE -5 INTERNALDATE "x" BODYSTRUCTURE NIL BODY[HEADER.FIELDS (X)] {5}\r\nA: b\r)\r\n',
      '* BYE\r\n',
      'Z9 OK wrong tag\r\n',
      '+ go\r\n',
      '* 2 FETCH (UID 2 BODYSTRUCTURE ((((\r\n',
      '{4}\r\n',
      ROW(1),
      ROW(3),
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );

  test('whatever a server answers, a pull ends with batches that make sense or with a failure', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(scrap, { maxLength: 8 }), { minLength: 6, maxLength: 6 }),
        async (answers) => {
          let turn = 0;
          const open = await start((command) => {
            if (!/^(EXAMINE|UID)/.test(command)) return undefined;
            return `${(answers[turn++ % answers.length] ?? []).join('')}\r\n%T OK done\r\n`;
          });
          const request = {
            remoteKey: 'INBOX',
            plan: { kind: 'initial' },
            checkpoint: null,
            knownUids: [],
            firstWindow: 2,
          } as const;
          // A literal may swallow the end of the answer: then the server hangs up instead of being silent for a minute.
          const patience = setTimeout(() => open.server.close(), 300);
          for await (const outcome of open.connector.pull(request, never)) {
            if (!outcome.ok) break;
            const uids = outcome.value.added.map(({ uid }) => uid);
            expect(new Set(uids).size).toBe(uids.length);
            expect(outcome.value.added.every(({ uid, size }) => uid >= 1 && size >= 0)).toBe(true);
          }
          clearTimeout(patience);
          open.server.close();
          await open.connector.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
