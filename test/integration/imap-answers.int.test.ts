import { describe, expect, test } from 'vitest';
import { rangesContain, unionRanges } from '../../src/shared/uid-ranges';
import type { ImapScript } from '../fakes/scripted-imap-server';
import { CHECKPOINT, MODSEQ_CAPABILITIES, OPENED, ROW, start } from './imap-scripted-support';
import { must, never, pullAll } from './imap-support';

describe('what vanishes meanwhile', () => {
  const HUGE = '* VANISHED 3,5,1000:4294967290,3\r\n';

  test('SYNC-074 a VANISHED in any answer is with the batch that moves the checkpoint: unknown, repeated or huge, never spelled out', async () => {
    const uids = '11:300';
    const said: string[] = [];
    const { connector } = await start(
      (command) => {
        if (command.startsWith('ENABLE')) return '* ENABLED QRESYNC\r\n%T OK done\r\n';
        if (command.startsWith('EXAMINE'))
          return OPENED(
            301,
            300,
            '* OK [HIGHESTMODSEQ 200] m\r\n* VANISHED (EARLIER) 1:2,900:4000000000\r\n',
          );
        if (command.startsWith('UID SEARCH')) {
          said.push('SEARCH');
          return `* VANISHED 4\r\n* ESEARCH (TAG "%T") UID ALL ${/RETURN \(ALL\) ALL/.test(command) ? `6:10,${uids}` : uids}\r\n%T OK done\r\n`;
        }
        if (command.startsWith('UID FETCH')) {
          const [, first, last] = /UID FETCH (\d+):(\d+) /.exec(command) ?? [];
          said.push('FETCH');
          let rows = '';
          for (let uid = Number(first); uid <= Number(last); uid++) rows += ROW(uid);
          return `${said.length > 3 ? '' : HUGE}${rows}%T OK done\r\n`;
        }
        return undefined;
      },
      { capabilities: MODSEQ_CAPABILITIES },
    );
    const batches = await pullAll(connector, {
      plan: { kind: 'qresync' },
      checkpoint: CHECKPOINT,
      knownUids: [[1, 10]],
    });
    expect(batches.length).toBeGreaterThan(1);
    const vanished = batches.map((batch) => batch.vanished);
    // Of the SELECT and of the SEARCH with the first, of a FETCH with its own; ranges stay ranges.
    expect(vanished.flat().length).toBeLessThan(12);
    const all = unionRanges(vanished.flat(), []);
    for (const uid of [1, 2, 3, 4, 5, 1_000, 4_294_967_290]) expect(rangesContain(all, uid)).toBe(true);
    const moved = batches.findIndex(({ checkpoint }) => checkpoint.highestModseq === '200');
    expect(moved).toBe(batches.length - 1);
  });
});

describe('a server that says OK', () => {
  /** Keeps what `keeps` says of every STORE, and adds what it likes. */
  function forgetful(keeps: () => boolean) {
    const flags = new Set<string>();
    const script: ImapScript = (command) => {
      if (/^(SELECT|EXAMINE)/.test(command))
        return '* FLAGS (\\Seen \\Flagged)\r\n* OK [PERMANENTFLAGS (\\Seen \\Flagged \\*)] p\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 6] n\r\n%T OK [READ-WRITE] done\r\n';
      if (/^UID SEARCH/.test(command)) return '* ESEARCH (TAG "%T") UID ALL 5\r\n%T OK done\r\n';
      if (/^UID STORE/.test(command)) {
        if (keeps()) for (const flag of ['\\Flagged', '\\Seen']) flags.add(flag);
        return '%T OK done\r\n';
      }
      if (/^UID FETCH/.test(command))
        return `* 1 FETCH (UID 5 FLAGS (${[...flags].join(' ')}))\r\n%T OK done\r\n`;
      return undefined;
    };
    return script;
  }
  const action = {
    kind: 'keywords',
    remoteKey: 'INBOX',
    messages: [{ uidValidity: '7', uid: 5, identity: null }],
    add: ['$flagged'],
    remove: [],
  } as const;
  const wire = { source: null, destination: null };

  test('SYNC-135 and does nothing is asked at most three times again, then it is told that it did not keep it', async () => {
    const { connector, server } = await start(forgetful(() => false));
    const report = must(await connector.push(action, wire, never));
    expect(report.items).toMatchObject([
      { uid: 5, result: 'failed', failure: { kind: 'rejected', message: 'The server did not keep it.' } },
    ]);
    expect(server.commands.filter((said) => said.startsWith('UID STORE'))).toHaveLength(4);
  });

  test.each([1, 2, 3])(
    'and does it when asked %i time(s) more is done, and what it added is told',
    async (more) => {
      let asked = 0;
      const { connector, server } = await start(
        forgetful(() => {
          asked += 1;
          return asked > more;
        }),
      );
      const report = must(await connector.push(action, wire, never));
      expect(report.items).toMatchObject([{ uid: 5, result: 'done', keywords: ['$flagged', '$seen'] }]);
      expect(server.commands.filter((said) => said.startsWith('UID STORE'))).toHaveLength(more + 1);
    },
  );
});
