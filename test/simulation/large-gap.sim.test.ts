/** Months offline: 25,000 changes in a mailbox of 21,000, taken in slices of UIDs, killed again and again (SYNC-081). */
import { afterEach, expect, test } from 'vitest';
import type { UidRange } from '../../src/shared/observation';
import { rangesFromUids } from '../../src/shared/uid-ranges';
import type { Connector } from '../../src/sync/connectors/contract';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import { pullMailbox } from '../../src/sync/engine/pull-mailbox';
import { noTotals, type RunnerContext } from '../../src/sync/engine/runner-context';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createTurns, type InTurns } from '../../src/sync/ports/turns';
import { openStore } from '../../src/sync/store/open-store';
import { getCheckpoint } from '../../src/sync/store/read/checkpoints';
import { listMailboxes } from '../../src/sync/store/read/mailboxes';
import { recount } from '../../src/sync/store/recount';
import { addAccount, checkpoint, observe, observed } from '../fakes/observed-facts';
import { openTestStore } from '../fakes/open-test-store';
import { startScriptedImap } from '../fakes/scripted-imap-server';
import { never, quietLogger, testPorts } from '../integration/imap-support';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const COUNT = 21_000;
const OLD = 100;

/** A mailbox as a server with CONDSTORE and QRESYNC keeps it: what every message was last changed at. */
class Mailbox {
  readonly flags = new Map<number, { flagged: boolean; modseq: number }>();
  readonly expunged = new Map<number, number>();
  modseq = OLD;
  uidNext = COUNT + 1;

  constructor() {
    for (let uid = 1; uid <= COUNT; uid++) this.flags.set(uid, { flagged: false, modseq: OLD });
  }

  toggle(uid: number): void {
    const message = this.flags.get(uid);
    if (!message) return;
    message.flagged = !message.flagged;
    message.modseq = ++this.modseq;
  }

  expunge(uid: number): void {
    if (this.flags.delete(uid)) this.expunged.set(uid, ++this.modseq);
  }

  deliver(): void {
    this.flags.set(this.uidNext++, { flagged: false, modseq: ++this.modseq });
  }

  row(uid: number, more: string): string {
    const { flagged = false, modseq = 0 } = this.flags.get(uid) ?? {};
    return `* 1 FETCH (UID ${uid} FLAGS (${flagged ? '\\Flagged' : ''}) MODSEQ (${modseq})${more})\r\n`;
  }
}

const HEADER = (uid: number): string =>
  ` INTERNALDATE "20-Nov-2026 10:00:00 +0000" RFC822.SIZE 100 BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 10 1) BODY[HEADER.FIELDS (SUBJECT)] "Subject: n${uid}"`;

function vanishedSince(box: Mailbox, old: number, inRange = (_uid: number) => true): string {
  const gone = [...box.expunged].filter(([uid, modseq]) => inRange(uid) && modseq > old).map(([uid]) => uid);
  return gone.length > 0 ? `* VANISHED (EARLIER) ${gone.join(',')}\r\n` : '';
}

function changedSince(box: Mailbox, old: number, inRange = (_uid: number) => true): string {
  return [...box.flags]
    .filter(([uid, { modseq }]) => inRange(uid) && modseq > old)
    .map(([uid]) => box.row(uid, ''))
    .join('');
}

function answer(box: Mailbox, qresync: boolean, command: string): string | undefined {
  if (command.startsWith('ENABLE')) return `* ENABLED ${qresync ? 'QRESYNC' : 'CONDSTORE'}\r\n%T OK done\r\n`;
  if (/^(EXAMINE|SELECT)/.test(command)) {
    const old = Number(/QRESYNC \(1 (\d+)/.exec(command)?.[1] ?? box.modseq);
    const changes = `${vanishedSince(box, old)}${changedSince(box, old)}`;
    return `* ${box.flags.size} EXISTS\r\n* OK [UIDVALIDITY 1] v\r\n* OK [UIDNEXT ${box.uidNext}] n\r\n* OK [HIGHESTMODSEQ ${box.modseq}] m\r\n${changes}%T OK [READ-ONLY] done\r\n`;
  }
  const [, first = 0, last = 0] = (
    /^UID (?:FETCH|SEARCH RETURN \(ALL\) UID) (\d+):?(\d+)?/.exec(command) ?? []
  ).map(Number);
  const inRange = (uid: number): boolean => uid >= first && uid <= (last || first);
  if (command.startsWith('UID SEARCH')) {
    const all = command.endsWith('(ALL) ALL');
    const uids = [...box.flags.keys()].filter((uid) => all || inRange(uid));
    const set = rangesFromUids(uids)
      .map(([from, to]) => `${from}:${to}`)
      .join(',');
    return `* ESEARCH (TAG "%T") UID${set === '' ? '' : ` ALL ${set}`}\r\n%T OK done\r\n`;
  }
  const since = /CHANGEDSINCE (\d+)( VANISHED)?/.exec(command);
  if (since) {
    const old = Number(since[1]);
    return `${since[2] ? vanishedSince(box, old, inRange) : ''}${changedSince(box, old, inRange)}%T OK done\r\n`;
  }
  if (command.startsWith('UID FETCH'))
    return `${[...box.flags.keys()]
      .filter(inRange)
      .map((uid) => box.row(uid, HEADER(uid)))
      .join('')}%T OK done\r\n`;
  return undefined;
}

test.each([
  ['QRESYNC', true],
  ['CONDSTORE alone', false],
])(
  'SYNC-081 a large gap is taken slice by slice, and its modseq counts with the last one, however often it is killed: %s',
  async (_name, qresync) => {
    const box = new Mailbox();
    const { profileDir, store: made, remove } = openTestStore();
    made.close();
    const clock = createSystemClock();
    const store = openStore(`${profileDir}/homeport.sqlite`, { clock, logger: quietLogger });
    opened.push({ close: remove }, store);
    const { accountId, inbox } = addAccount(store);
    observe(store, inbox, {
      insert: Array.from({ length: COUNT }, (_, at) => observed(at + 1)),
      checkpoint: checkpoint('1', { uidNext: COUNT + 1, highestModseq: `${OLD}`, doneRanges: [[1, COUNT]] }),
    });

    // While we were away: more changes than messages, mail that came and mail that went.
    for (let round = 0; round < 25_000; round++) box.toggle(1 + ((round * 7919) % COUNT));
    for (let uid = 50; uid < COUNT; uid += 1_000) box.expunge(uid);
    for (let many = 0; many < 30; many++) box.deliver();
    const target = box.modseq;

    const commands: string[] = [];
    let isBusy = true;
    const server = await startScriptedImap(
      (command) => {
        commands.push(command);
        const said = answer(box, qresync, command);
        // Others go on changing what is done already and what is still to come.
        if (isBusy && command.includes('CHANGEDSINCE'))
          for (const uid of [3, 12_000, 20_999]) box.toggle(uid);
        return said;
      },
      { capabilities: `IMAP4rev1 ENABLE CONDSTORE ${qresync ? 'QRESYNC ' : ''}ESEARCH UIDPLUS` },
    );
    opened.push(server);

    class Killed extends Error {}
    /** One life of the engine on what the store has: it ends at the commit with this number. */
    async function live(commits: number): Promise<boolean> {
      const connector: Connector = createImapConnector(
        {
          server: { host: '127.0.0.1', port: server.port, security: 'none', user: 'ann' },
          caPem: null,
          pinned: [],
          auth: 'password',
          secret: async () => 'secret',
        },
        testPorts,
      );
      let left = commits;
      const inTurns = createTurns(clock, store.turns);
      const killable: InTurns = (items, urgency, work, signal) =>
        inTurns(
          items,
          urgency,
          (slice, last) => {
            if (left-- === 0) throw new Killed();
            work(slice, last);
          },
          signal,
        );
      const context = {
        accountId,
        store,
        connector,
        clock,
        logger: quietLogger,
        totals: noTotals(),
        activities: { update: () => undefined, end: () => undefined },
        lookedAt: () => null,
        announceNewMail: () => undefined,
      } as unknown as RunnerContext;
      const row = listMailboxes(store.read, accountId).find(({ id }) => id === inbox);
      if (!row) throw new Error('no inbox');
      const status = {
        messages: box.flags.size,
        unseen: 0,
        uidNext: box.uidNext,
        uidValidity: '1',
        highestModseq: `${box.modseq}`,
      };
      try {
        const pulled = await pullMailbox(
          context,
          { ...row, status },
          {
            capabilities: {
              condstore: true,
              qresync,
              idle: false,
              move: false,
              uidplus: true,
              esearch: true,
              listStatus: false,
            },
            inTurns: killable,
            signal: never,
            shouldYield: () => false,
            giveWay: async () => undefined,
            extent: 'changes',
          },
        );
        expect(pulled).toMatchObject({ ok: true });
        return true;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        return false;
      } finally {
        await connector.close();
      }
    }

    const stored = () => getCheckpoint(store.read, inbox);
    let lives = 0;
    let subCheckpoints = 0;
    let aim: string | null = null;
    let before = stored()?.catchUp?.uid ?? 0;
    for (let commits = 1; !(await live(commits)); commits += 2) {
      lives += 1;
      // Whatever was stored so far, it does not say that the gap is closed.
      expect(stored()?.highestModseq).toBe(`${OLD}`);
      const { catchUp } = stored() ?? {};
      if (catchUp) {
        // It leads to where the server was when the first of its slices was asked for.
        aim ??= catchUp.modseq;
        expect(catchUp.modseq).toBe(aim);
        expect(catchUp.uid).toBeGreaterThanOrEqual(before);
        if (catchUp.uid > before) subCheckpoints += 1;
        before = catchUp.uid;
      }
      expect(lives).toBeLessThan(60);
    }
    expect(lives).toBeGreaterThan(3);
    expect(subCheckpoints).toBeGreaterThan(0);
    // Not to where the server is now: what others changed since the first look is still to be asked for.
    expect(stored()?.highestModseq).toBe(aim);
    expect(Number(aim)).toBeGreaterThanOrEqual(target);
    expect(Number(aim)).toBeLessThan(box.modseq);
    expect(stored()?.catchUp).toBeUndefined();
    const asked = commands.filter((command) => command.includes('CHANGEDSINCE'));
    const slices = asked.map(
      (command) => /UID FETCH (\d+):(\d+)/.exec(command)?.slice(1).map(Number) as unknown as UidRange,
    );
    expect(slices[0]).toEqual([1, 10_000]);
    expect(slices.at(-1)?.[1]).toBe(4_294_967_295);
    for (const command of asked) expect(command.includes('VANISHED')).toBe(qresync);

    expect(commands.filter((command) => command.includes('QRESYNC ('))).toEqual([]);

    // The rest is an ordinary small pull.
    isBusy = false;
    const mark = commands.length;
    await live(Number.POSITIVE_INFINITY);
    expect(commands.slice(mark).filter((command) => command.includes('QRESYNC (1 '))).toHaveLength(
      qresync ? 1 : 0,
    );
    const here = store.read
      .prepare('SELECT uid, keywords FROM placements WHERE mailbox_id = ? ORDER BY uid')
      .raw()
      .all(inbox) as [number, string][];
    const there = [...box.flags].map(([uid, { flagged }]) => [uid, flagged ? '$flagged' : '']);
    expect(here).toEqual(there);
    expect(recount(store.read)).toEqual([]);
  },
);
