/** A server that does only so many messages in one command (RFC 9738, SYNC-132). */
import { expect, test } from 'vitest';
import type { UidRange } from '../../src/shared/observation';
import {
  countRanges,
  formatRanges,
  intersectRanges,
  rangesFromUids,
  subtractRanges,
} from '../../src/shared/uid-ranges';
import { parseUidSet } from '../../src/sync/connectors/imap/uid-set';
import { CHECKPOINT, OPENED, ROW, start } from './imap-scripted-support';
import { must, never, pullAll } from './imap-support';

const COUNT = 500;
const CAPABILITIES = 'IMAP4rev1 UIDPLUS ESEARCH MOVE';

type Manner = 'partly' | 'not at all';

/** 500 messages; of a set the highest `most` are done, or nothing where it is more. */
function limited(most: number, manner: Manner) {
  const here = new Set(Array.from({ length: COUNT }, (_, at) => at + 1));
  const flagged = new Set<number>();
  let moved = 0;
  const done: Record<string, number[]> = {};
  const script = (command: string): string | undefined => {
    if (/^(EXAMINE|SELECT)/.test(command))
      return `* FLAGS (\\Flagged)\r\n* OK [PERMANENTFLAGS (\\Flagged \\*)] p\r\n${OPENED(COUNT + 1, here.size).replace('READ-ONLY', 'READ-WRITE')}`;
    if (command.startsWith('STATUS'))
      return '* STATUS Archive (MESSAGES 0 UNSEEN 0 UIDNEXT 1 UIDVALIDITY 8)\r\n%T OK done\r\n';
    const match =
      /^UID (FETCH|STORE|MOVE|COPY|EXPUNGE|SEARCH RETURN \(ALL\))(?: ALL)?(?: UID)?(?: ([\d:,]+))?(.*)$/.exec(
        command,
      );
    if (!match) return undefined;
    const [, verb = '', set = `1:${COUNT}`, rest = ''] = match;
    const asked = (parseUidSet(set) ?? []).flatMap(([first, last]) =>
      [...here].filter((uid) => uid >= first && uid <= last),
    );
    const isMuch = asked.length > most;
    if (isMuch && (manner === 'not at all' || verb === 'COPY'))
      return `%T NO [MESSAGELIMIT ${most}] Too many messages\r\n`;
    const taken = asked.toSorted((a, b) => b - a).slice(0, most);
    done[verb] = [...(done[verb] ?? []), taken.length];
    const code = isMuch ? `[MESSAGELIMIT ${most} ${taken.at(-1)}] ` : '';
    switch (verb) {
      case 'FETCH':
        return `${taken
          .map((uid) =>
            rest.includes('BODYSTRUCTURE')
              ? ROW(uid)
              : `* 1 FETCH (UID ${uid} FLAGS (${flagged.has(uid) ? '\\Flagged' : ''}) RFC822.SIZE 100 BODY[HEADER.FIELDS (MESSAGE-ID DATE)] "")\r\n`,
          )
          .join('')}%T OK ${code}FETCH\r\n`;
      case 'STORE':
        for (const uid of taken) flagged.add(uid);
        return `%T OK ${code}STORE\r\n`;
      case 'EXPUNGE':
        for (const uid of taken) here.delete(uid);
        return `%T OK ${code}EXPUNGE\r\n`;
      case 'MOVE':
      case 'COPY': {
        const from = formatRanges(rangesFromUids(taken));
        const to = `${1000 + moved}:${1000 + moved + taken.length - 1}`;
        moved += taken.length;
        if (verb === 'MOVE') for (const uid of taken) here.delete(uid);
        // The partial answer of a write comes as an untagged NO and a tagged OK.
        return `${isMuch ? `* NO ${code}Only these\r\n` : ''}* OK [COPYUID 8 ${from} ${to}] done\r\n%T OK done\r\n`;
      }
      default:
        return `* ESEARCH (TAG "%T") UID ALL ${formatRanges(rangesFromUids(taken))}\r\n%T OK ${code}SEARCH\r\n`;
    }
  };
  return { script, here, flagged, done, moved: () => moved };
}

const messages = Array.from({ length: COUNT }, (_, at) => ({
  uidValidity: '7',
  uid: at + 1,
  identity: null,
}));
const NO_WIRE = { source: null, destination: null };

test.each([
  [100, 'partly'],
  [70, 'partly'],
  [70, 'not at all'],
] as const)(
  'SYNC-132 of %i messages a command the rest is asked for from where it stopped, %s: nothing is missing, windows adapt',
  async (most, manner) => {
    const box = limited(most, manner);
    // A search has no set that could be made smaller before it is asked.
    const script = (command: string) =>
      manner === 'not at all' && command.startsWith('UID SEARCH')
        ? `* ESEARCH (TAG "%T") UID ALL ${formatRanges(rangesFromUids([...box.here]))}\r\n%T OK done\r\n`
        : box.script(command);
    const { connector, server } = await start(script, { capabilities: CAPABILITIES });
    const batches = await pullAll(connector, { plan: { kind: 'initial' } });
    expect(rangesFromUids(batches.flatMap(({ added }) => added.map(({ uid }) => uid)))).toEqual([[1, COUNT]]);
    expect(batches.at(-1)?.checkpoint.backfillComplete).toBe(true);
    // The first window met the limit; all others fit.
    const windows = server.commands.flatMap((command) => {
      const set = /^UID FETCH (\S+) .*BODYSTRUCTURE/.exec(command)?.[1];
      return set ? [countRanges((parseUidSet(set) ?? []) as UidRange[])] : [];
    });
    expect(windows.slice(3).every((size) => size <= most)).toBe(true);

    // A comparison sees every UID and every flag.
    box.flagged.add(3);
    box.here.delete(250);
    const [compared] = await pullAll(connector, {
      plan: { kind: 'window-scan', full: true },
      checkpoint: { ...CHECKPOINT, uidNext: COUNT + 1, highestModseq: null, doneRanges: [[1, COUNT]] },
      knownUids: [[1, COUNT]],
    });
    expect(compared?.listing).toEqual(subtractRanges([[1, COUNT]], [[250, 250]]));
    expect(compared?.flags.map(({ uid }) => uid)).toEqual(
      messages.map(({ uid }) => uid).filter((uid) => uid !== 250),
    );
    expect(compared?.flags.find(({ uid }) => uid === 3)?.keywords).toEqual(['$flagged']);
    box.here.add(250);

    const flag = { kind: 'keywords', remoteKey: 'INBOX', messages, add: ['$flagged'], remove: [] } as const;
    const marked = must(await connector.push(flag, NO_WIRE, never));
    expect(marked.items.every(({ result }) => result === 'done')).toBe(true);
    expect(box.flagged.size).toBe(COUNT);

    const move = { kind: 'move', remoteKey: 'INBOX', messages, toRemoteKey: 'Archive' } as const;
    const moved = must(await connector.push(move, must(await connector.preparePush(move, never)), never));
    expect(moved.items).toHaveLength(COUNT);
    expect(moved.items.every(({ result }) => result === 'done')).toBe(true);
    const newUids = moved.items.flatMap((item) =>
      item.result === 'done' && item.newUid !== null ? [item.newUid] : [],
    );
    expect(rangesFromUids(newUids)).toEqual([[1000, 1000 + COUNT - 1]]);
    expect(box.here.size).toBe(0);
    expect(intersectRanges([[1, COUNT]], rangesFromUids([...box.here]))).toEqual([]);
  },
);

test('SYNC-132 without MOVE the copies are made in parts, each once, and exactly they are removed', async () => {
  const box = limited(100, 'partly');
  const { connector } = await start(box.script, { capabilities: 'IMAP4rev1 UIDPLUS ESEARCH' });
  const move = { kind: 'move', remoteKey: 'INBOX', messages, toRemoteKey: 'Archive' } as const;
  const wire = must(await connector.preparePush(move, never));
  const moved = must(await connector.push(move, { ...wire, destination: null }, never));
  expect(moved.items.every(({ result }) => result === 'done')).toBe(true);
  expect(box.moved()).toBe(COUNT);
  expect(box.here.size).toBe(0);
});
