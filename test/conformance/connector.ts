/**
 * What every connector must do (architecture section 7): the same tests run over the fake and over each real protocol,
 * so the fake cannot promise what a server would not keep.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { ImapCheckpoint, ObservationBatch, PackedMessage } from '../../src/shared/observation';
import type { Outcome } from '../../src/shared/outcome';
import { countRanges, rangesFromUids } from '../../src/shared/uid-ranges';
import type {
  Connector,
  PullPlan,
  PullRequest,
  PushAction,
  RemoteMessage,
} from '../../src/sync/connectors/contract';
import { factsOf, readable, unpack } from '../fakes/unpack';
import { describeAppend } from './connector-append';

/** The other side, as a second client or the server's owner would act. INBOX and Archive exist. */
export interface ServerControl {
  /** Answers the new UID. */
  deliver(remoteKey: string, source: string): Promise<number>;
  addKeyword(remoteKey: string, uid: number, keyword: string): Promise<void>;
  remove(remoteKey: string, uid: number): Promise<void>;
  /** Same messages, new identity of the mailbox. May end existing connections. */
  rebuild(remoteKey: string): Promise<void>;
  list(remoteKey: string): Promise<readonly { readonly uid: number; readonly keywords: readonly string[] }[]>;
  /** Breaks the link of the next append, once. */
  cutAppend(cut: AppendCut): Promise<void>;
  /** All is well again. */
  mend(): void;
}

/** Where the link of the next append breaks: before it, after it was written without effect, or after its effect. */
export type AppendCut = 'before' | 'without-effect' | 'with-effect';

export interface ConnectorHarness {
  readonly connector: Connector;
  readonly control: ServerControl;
  dispose(): Promise<void>;
}

const never = new AbortController().signal;
const NO_WIRE = { source: null, destination: null };

export function source(tag: string): string {
  const lines = [
    `From: ${tag}@example.org`,
    'To: me@example.org',
    `Subject: Subject ${tag}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    `Message-ID: <${tag}@example.org>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Text of ${tag}.`,
    '',
  ];
  return lines.join('\r\n');
}

export function describeConnector(name: string, open: () => Promise<ConnectorHarness>): void {
  describe(name, () => {
    let harness: ConnectorHarness | null = null;
    const start = async (messages: number) => {
      harness = await open();
      for (let at = 1; at <= messages; at++) await harness.control.deliver('INBOX', source(`m${at}`));
      return harness;
    };
    afterEach(async () => {
      await harness?.dispose();
      harness = null;
    });

    test('lists all mailboxes with roles and counts', async () => {
      const { connector } = await start(2);
      const listing = must(await connector.listMailboxes(never));
      expect(listing.complete).toBe(true);
      const byRole = new Map(listing.mailboxes.map((mailbox) => [mailbox.role, mailbox]));
      expect(byRole.get('inbox')?.status?.messages).toBe(2);
      expect(byRole.has('archive')).toBe(true);
    });

    test('the first pull gives the newest first and ends complete', async () => {
      const { connector } = await start(7);
      const batches = await pull(connector, { kind: 'initial' }, null, [], 3);
      expect(batches.length).toBeGreaterThan(1);
      const uids = batches.flatMap((batch) => batch.added.map(({ uid }) => uid));
      expect(uids).toEqual(uids.toSorted((a, b) => b - a));
      expect(uids).toHaveLength(7);
      expect(batches[0]?.added).toHaveLength(3);
      expect(batches.every((batch) => batch.backfill)).toBe(true);
      expect(batches.map((batch) => batch.checkpoint.backfillComplete)).toEqual(
        batches.map((_, at) => at === batches.length - 1),
      );
      expect(factsOf(batches[0]?.added[0])).toMatchObject({
        headers: { subject: 'Subject m7', messageId: 'm7@example.org' },
        parts: [],
      });
      expect(new Set(batches.flatMap((batch) => batch.added.map(({ identity }) => identity))).size).toBe(7);
    });

    test('an empty mailbox is complete at once', async () => {
      const { connector } = await start(0);
      const batches = await pull(connector, { kind: 'initial' }, null, []);
      expect(batches).toMatchObject([{ added: [], checkpoint: { backfillComplete: true } }]);
    });

    test('a download continues where its checkpoint says', async () => {
      const { connector } = await start(6);
      const [first] = await pull(connector, { kind: 'initial' }, null, [], 2);
      const done = first?.added ?? [];
      const rest = await pull(connector, { kind: 'backfill' }, first?.checkpoint ?? null, done);
      const uids = [...done, ...rest.flatMap((batch) => batch.added)].map(({ uid }) => uid);
      expect(new Set(uids).size).toBe(6);
      expect(uids).toHaveLength(6);
      expect(rest.at(-1)?.checkpoint.backfillComplete).toBe(true);
    });

    test.each([{ kind: 'qresync' }, { kind: 'condstore', compareUids: true }] as const)(
      'changes since a checkpoint arrive by $kind',
      async (plan) => {
        const { connector, control } = await start(6);
        const { messages, checkpoint } = await first(connector);
        await control.addKeyword('INBOX', uidAt(messages, 1), '$flagged');
        await control.remove('INBOX', uidAt(messages, 2));
        const fresh = await control.deliver('INBOX', source('fresh'));
        const batches = await pull(connector, plan, checkpoint, messages);
        const flags = batches.flatMap((batch) => batch.flags);
        expect(flags.find(({ uid }) => uid === uidAt(messages, 1))?.keywords).toContain('$flagged');
        expect(batches.flatMap((batch) => batch.added.map(({ uid }) => uid))).toEqual([fresh]);
        expect(goneOf(batches, messages)).toEqual([uidAt(messages, 2)]);
        const known = [...messages.filter((_, at) => at !== 2), ...batches.flatMap((batch) => batch.added)];
        const again = await pull(connector, plan, batches.at(-1)?.checkpoint ?? null, known);
        expect(again.flatMap((batch) => batch.added)).toEqual([]);
        expect(again.flatMap((batch) => batch.flags)).toEqual([]);
      },
    );

    test('a rebuilt mailbox ends the pull and is recognised message by message', async () => {
      const { connector, control } = await start(4);
      const { messages, checkpoint } = await first(connector);
      await control.rebuild('INBOX');
      const stream = connector.pull(requestOf({ kind: 'qresync' }, checkpoint, messages), never);
      expect((await stream.next()).value).toMatchObject({ ok: false });
      const batches = await pull(connector, { kind: 'revalidate' }, null, []);
      const identities = batches.flatMap((batch) => batch.added.map(({ identity }) => identity));
      expect(identities.toSorted()).toEqual(messages.map(({ identity }) => identity).toSorted());
      expect(countRanges(batches.at(-1)?.listing ?? [])).toBe(4);
      expect(batches[0]?.uidValidity).not.toBe(checkpoint.uidValidity);
    });

    test('bodies and sources are byte-identical, and what is gone is null', async () => {
      const { connector, control } = await start(2);
      const { messages, checkpoint } = await first(connector);
      await control.remove('INBOX', uidAt(messages, 1));
      const request = {
        remoteKey: 'INBOX',
        uidValidity: checkpoint.uidValidity,
        wholeBelowBytes: 100_000,
        messages: messages.map(({ uid, size }) => ({ uid, size, textSections: null })),
      };
      const bodies = [];
      for await (const body of connector.fetchBodies('bulk', request, never)) bodies.push(must(body));
      expect(bodies.map(({ body }) => body && unpack(readable(body).source).toString())).toEqual([
        source('m1'),
        null,
      ]);
      const whole = readable(bodies[0]?.body);
      expect(unpack(whole.text).toString()).toContain('Text of m1.');
      expect(whole.snippet).toBe('Text of m1.');
      const [kept] = remotes(messages, checkpoint);
      if (!kept) throw new Error('no message');
      expect(unpack(must(await connector.fetchSource('INBOX', kept, never))).toString()).toBe(source('m1'));
    });

    test('keywords are added and removed, every message gets an answer', async () => {
      const { connector, control } = await start(3);
      const { messages, checkpoint } = await first(connector);
      const targets = [
        ...remotes(messages.slice(0, 2), checkpoint),
        { uidValidity: checkpoint.uidValidity, uid: 9999, identity: null },
      ];
      await push(connector, {
        kind: 'keywords',
        remoteKey: 'INBOX',
        messages: targets,
        add: ['$seen', '$flagged'],
        remove: [],
      });
      const action: PushAction = {
        kind: 'keywords',
        remoteKey: 'INBOX',
        messages: targets,
        add: [],
        remove: ['$flagged'],
      };
      const items = await push(connector, action);
      expect(items.map(({ result }) => result).toSorted()).toEqual(['done', 'done', 'gone']);
      expect((await control.list('INBOX')).map(({ keywords }) => keywords)).toEqual([
        ['$seen'],
        ['$seen'],
        [],
      ]);
    });

    test('a move tells the new UIDs, and looking afterwards says done', async () => {
      const { connector, control } = await start(4);
      const { messages, checkpoint } = await first(connector);
      const action: PushAction = {
        kind: 'move',
        remoteKey: 'INBOX',
        messages: remotes(messages.slice(0, 2), checkpoint),
        toRemoteKey: 'Archive',
      };
      const wire = must(await connector.preparePush(action, never));
      const before = must(await connector.probePush(action, wire, never));
      expect(before.repeat).toHaveLength(2);
      const { items } = must(await connector.push(action, wire, never));
      const arrived = (await control.list('Archive')).map(({ uid }) => uid);
      expect(items.map((item) => item.result === 'done' && item.newUid)).toEqual(arrived);
      expect(await control.list('INBOX')).toHaveLength(2);
      const after = must(await connector.probePush(action, wire, never));
      expect(after.repeat).toEqual([]);
      expect(after.done.map(({ newUid }) => newUid).toSorted()).toEqual(arrived);
    });

    test('a move into nothing is refused, not lost', async () => {
      const { connector, control } = await start(1);
      const { messages, checkpoint } = await first(connector);
      const action: PushAction = {
        kind: 'move',
        remoteKey: 'INBOX',
        messages: remotes(messages, checkpoint),
        toRemoteKey: 'Nowhere',
      };
      const items = await push(connector, action);
      expect(items).toMatchObject([{ result: 'failed', failure: { kind: 'rejected' } }]);
      expect(await control.list('INBOX')).toHaveLength(1);
    });

    test('deleting for good removes exactly the named messages, and once', async () => {
      const { connector, control } = await start(3);
      const { messages, checkpoint } = await first(connector);
      const action: PushAction = {
        kind: 'delete',
        remoteKey: 'INBOX',
        messages: remotes(messages.slice(1, 2), checkpoint),
      };
      expect(await push(connector, action)).toMatchObject([{ result: 'done' }]);
      expect(await push(connector, action)).toMatchObject([{ result: 'gone' }]);
      expect((await control.list('INBOX')).map(({ uid }) => uid)).toEqual([
        uidAt(messages, 0),
        uidAt(messages, 2),
      ]);
    });

    test('a changed identity of the mailbox or the message stops a write', async () => {
      const { connector, control } = await start(2);
      const { messages, checkpoint } = await first(connector);
      const stale = remotes(messages, checkpoint).map((message) => ({ ...message, uidValidity: '1' }));
      const refused = await connector.push(
        { kind: 'delete', remoteKey: 'INBOX', messages: stale },
        NO_WIRE,
        never,
      );
      expect(refused).toMatchObject({ ok: false, failure: { kind: 'conflict' } });
      const others = remotes(messages, checkpoint).map((message) => ({ ...message, identity: 'another' }));
      const items = await push(connector, { kind: 'delete', remoteKey: 'INBOX', messages: others });
      expect(items.map(({ result }) => result)).toEqual(['gone', 'gone']);
      expect(await control.list('INBOX')).toHaveLength(2);
    });

    test('a mailbox is created once and adopted afterwards', async () => {
      const { connector } = await start(0);
      const action: PushAction = { kind: 'create-mailbox', path: ['Travel'], role: null };
      const created = must(await connector.push(action, NO_WIRE, never)).createdRemoteKey;
      expect(must(await connector.push(action, NO_WIRE, never)).createdRemoteKey).toBe(created);
      const listing = must(await connector.listMailboxes(never));
      expect(listing.mailboxes.filter(({ remoteKey }) => remoteKey === created)).toHaveLength(1);
    });

    test('a mailbox is renamed with what lies in it, and deleted when it is empty, never when it holds mail', async () => {
      const { connector, control } = await start(0);
      const send = async (action: PushAction) => {
        const wire = must(await connector.preparePush(action, never));
        const pushed = await connector.push(action, wire, never);
        return pushed.ok ? pushed.value.createdRemoteKey : pushed.failure.kind;
      };
      const listed = async () =>
        must(await connector.listMailboxes(never)).mailboxes.filter(({ path }) => /^Trips|^Tours/.test(path));
      const top = await send({ kind: 'create-mailbox', path: ['Trips'], role: null });
      const [row] = await listed();
      const parent = { remoteKey: top ?? '', delimiter: row?.delimiter ?? null };
      await send({ kind: 'create-mailbox', path: ['Trips', 'Rome'], role: null, parent });
      const renamed = await send({
        kind: 'rename-mailbox',
        remoteKey: top ?? '',
        parent: null,
        name: 'Tours',
        subscribed: [],
      });
      const [outer, inner] = await listed();
      expect([outer?.remoteKey, inner?.path]).toEqual([renamed, `Tours${row?.delimiter}Rome`]);
      await control.deliver(inner?.remoteKey ?? '', source('kept'));
      const remove = (mailbox: typeof inner) =>
        send({
          kind: 'delete-mailbox',
          remoteKey: mailbox?.remoteKey ?? '',
          uidValidity: mailbox?.status?.uidValidity ?? null,
        });
      expect(await remove(inner)).toBe('conflict');
      await control.remove(inner?.remoteKey ?? '', 1);
      expect(await remove(inner)).toBe(inner?.remoteKey);
      expect(await remove(outer)).toBe(outer?.remoteKey);
      expect(await listed()).toEqual([]);
      // Nobody needs it to be deleted twice.
      expect(await remove(outer)).toBe(outer?.remoteKey);
    });

    describeAppend(start);

    test('a watch says so, wakes for new mail and ends when stopped', async () => {
      const { connector, control } = await start(1);
      const stop = new AbortController();
      const events = connector.watch('INBOX', stop.signal);
      expect((await events.next()).value).toEqual({ kind: 'watching' });
      expect((await events.next()).value).toEqual({ kind: 'dirty' });
      const waiting = events.next();
      await control.deliver('INBOX', source('wake'));
      expect((await waiting).value).toEqual({ kind: 'dirty' });
      stop.abort();
      for await (const event of events) expect(event.kind).toBe('dirty');
    });

    test('work is counted, an aborted call is cancelled and a closed connector stays closed', async () => {
      const { connector } = await start(1);
      must(await connector.connect('interactive', never));
      must(await connector.listMailboxes(never));
      expect(connector.takeTraffic().roundTrips).toBeGreaterThan(0);
      expect(connector.takeTraffic().roundTrips).toBe(0);
      const cancelled = { ok: false, failure: { kind: 'cancelled' } };
      expect(await connector.listMailboxes(AbortSignal.abort())).toMatchObject(cancelled);
      await connector.close();
      expect(await connector.listMailboxes(never)).toMatchObject(cancelled);
    });
  });
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`failed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

type Plan = Exclude<PullPlan, { kind: 'nothing' }>;

function requestOf(
  plan: Plan,
  checkpoint: ImapCheckpoint | null,
  known: readonly PackedMessage[],
  firstWindow = 100,
): PullRequest {
  return {
    remoteKey: 'INBOX',
    plan,
    checkpoint,
    knownUids: rangesFromUids(known.map(({ uid }) => uid)),
    firstWindow,
  };
}

async function pull(
  connector: Connector,
  plan: Plan,
  checkpoint: ImapCheckpoint | null,
  known: readonly PackedMessage[],
  firstWindow?: number,
): Promise<ObservationBatch[]> {
  const batches: ObservationBatch[] = [];
  for await (const batch of connector.pull(requestOf(plan, checkpoint, known, firstWindow), never))
    batches.push(must(batch));
  return batches;
}

async function first(
  connector: Connector,
): Promise<{ messages: PackedMessage[]; checkpoint: ImapCheckpoint }> {
  const batches = await pull(connector, { kind: 'initial' }, null, []);
  const checkpoint = batches.at(-1)?.checkpoint;
  if (!checkpoint) throw new Error('a pull without batches');
  return { messages: batches.flatMap((batch) => batch.added).toSorted((a, b) => a.uid - b.uid), checkpoint };
}

async function push(connector: Connector, action: PushAction) {
  return must(await connector.push(action, must(await connector.preparePush(action, never)), never)).items;
}

function remotes(messages: readonly PackedMessage[], { uidValidity }: ImapCheckpoint): RemoteMessage[] {
  return messages.map(({ uid, identity }) => ({ uidValidity, uid, identity }));
}

function uidAt(messages: readonly PackedMessage[], index: number): number {
  return messages[index]?.uid ?? 0;
}

/** Known messages that the server said are gone, by name or by their absence from a complete listing. */
function goneOf(batches: readonly ObservationBatch[], known: readonly PackedMessage[]): number[] {
  const within = (ranges: readonly (readonly [number, number])[], uid: number) =>
    ranges.some(([a, b]) => uid >= a && uid <= b);
  return known
    .map(({ uid }) => uid)
    .filter((uid) =>
      batches.some(
        ({ vanished, listing }) => within(vanished, uid) || (listing !== null && !within(listing, uid)),
      ),
    );
}
