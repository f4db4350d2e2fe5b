/** The Connector port over FakeMailServer: passes the suite every real connector passes, in microseconds. */
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import { rangesFromUids } from '../../src/shared/uid-ranges';
import type {
  BodyResult,
  Connector,
  ServerCapabilities,
  Traffic,
  WatchEvent,
} from '../../src/sync/connectors/contract';
import { readMimeTree } from '../../src/sync/mime/mime-tree';
import { observeSource } from '../../src/sync/mime/observe-source';
import { parseMessage } from '../../src/sync/mime/parse-message';
import { decodeTransfer } from '../../src/sync/mime/transfer-decoding';
import { packBlob, packBody } from '../../src/sync/store/pack-body';
import {
  fakeAppend,
  fakeFindByMessageId,
  fakeFindDrafts,
  fakePrepareAppend,
  fakeProbeAppend,
} from './fake-append';
import { type FakeMailServer, NoSuchMailbox } from './fake-mail-server';
import { fakePull, REBUILT, UNREACHABLE } from './fake-pull';
import { fakePreparePush, fakeProbePush, fakePush } from './fake-push';

const CAPABILITIES: ServerCapabilities = {
  condstore: true,
  qresync: true,
  idle: true,
  move: true,
  uidplus: true,
  esearch: true,
  listStatus: true,
};
const GONE = { kind: 'not-found', message: 'The folder does not exist on the server any more.' } as const;
const CANCELLED = { kind: 'cancelled', message: 'This was stopped.' } as const;

export function createFakeConnector(
  server: FakeMailServer,
  capabilities: Partial<ServerCapabilities> = {},
): Connector {
  const closing = new AbortController();
  let roundTrips = 0;
  const reach = <T>(signal: AbortSignal, work: () => Outcome<T>): Outcome<T> => {
    if (signal.aborted || closing.signal.aborted) return fail(CANCELLED);
    roundTrips++;
    if (server.fault === 'offline') return fail(UNREACHABLE);
    try {
      return work();
    } catch (error) {
      if (error instanceof NoSuchMailbox) return fail(GONE);
      throw error;
    }
  };
  const sourceOf = (remoteKey: string, uid: number) =>
    server.mailbox(remoteKey).messages.get(uid)?.source ?? null;
  return {
    connect: async (_role, signal) => reach(signal, () => ok({ ...CAPABILITIES, ...capabilities })),
    listMailboxes: async (signal) =>
      reach(signal, () =>
        ok({
          complete: true,
          mailboxes: [...server.mailboxes.values()].map(({ remoteKey, role }) => ({
            remoteKey,
            remoteId: null,
            path: remoteKey,
            delimiter: '/',
            role,
            selectable: true,
            subscribed: true,
            namespace: 'personal' as const,
            status: server.status(remoteKey),
          })),
        }),
      ),
    pull: async function* (request, signal) {
      const batches = fakePull(server, request);
      for (;;) {
        const next = reach(signal, () => ok(batches.next()));
        if (!next.ok) return yield next;
        if (next.value.done) return;
        yield next.value.value;
      }
    },
    fetchBodies: async function* (_role, request, signal) {
      for (const { uid } of request.messages) {
        yield reach<BodyResult>(signal, () => {
          if (server.status(request.remoteKey).uidValidity !== request.uidValidity) return fail(REBUILT);
          const source = sourceOf(request.remoteKey, uid);
          if (!source) return ok({ uid, body: null });
          const { body } = observeSource(source, { uid, keywords: [], receivedAt: 0 });
          return ok({
            uid,
            body: packBody(source.length > request.wholeBelowBytes ? { ...body, source: null } : body),
          });
        });
      }
    },
    fetchPart: async (remoteKey, message, section, signal) =>
      reach(signal, () => {
        const source = sourceOf(remoteKey, message.uid);
        if (!source) return ok(null);
        const attached = parseMessage(source).attachments.find((part) => part.section === section);
        if (attached) return ok(packBlob(attached.content));
        const { root } = readMimeTree(source);
        const part = [root, ...root.children].find((candidate) => candidate.section === section);
        return ok(part ? packBlob(decodeTransfer(part.body, part.encoding)) : null);
      }),
    fetchSource: async (remoteKey, message, signal) =>
      reach(signal, () => {
        const source = sourceOf(remoteKey, message.uid);
        return ok(source && packBlob(source));
      }),
    preparePush: async (action, signal) => reach(signal, () => ok(fakePreparePush(server, action))),
    push: async (action, wire, signal) => reach(signal, () => fakePush(server, action, wire)),
    probePush: async (action, wire, signal) => reach(signal, () => fakeProbePush(server, action, wire)),
    prepareAppend: async (request, signal) => reach(signal, () => ok(fakePrepareAppend(server, request))),
    append: async (request, _wire, signal) => reach(signal, () => fakeAppend(server, request)),
    probeAppend: async (request, wire, signal) =>
      reach(signal, () => ok(fakeProbeAppend(server, request, wire))),
    findByMessageId: async (remoteKey, messageId, fromUid, signal) =>
      reach(signal, () => ok(fakeFindByMessageId(server, remoteKey, messageId, fromUid))),
    findDrafts: async (remoteKey, token, signal) =>
      reach(signal, () => ok(fakeFindDrafts(server, remoteKey, token))),
    watch: (remoteKey, signal) => watch(server, remoteKey, AbortSignal.any([signal, closing.signal])),
    identities: async (remoteKey, query, signal) =>
      reach(signal, () => {
        const { uidValidity, uidNext, messages } = server.mailbox(remoteKey);
        const ranges =
          query.kind === 'uids' ? query.ranges : [[Math.max(1, uidNext - query.count), uidNext] as const];
        const uids = [...messages.keys()].filter((uid) =>
          ranges.some(([from, to]) => uid >= from && uid <= to),
        );
        const identities = new Map(
          uids.map((uid) => {
            const source = sourceOf(remoteKey, uid) ?? new Uint8Array();
            return [
              uid,
              observeSource(source, { uid, keywords: [], receivedAt: 0 }).message.identity,
            ] as const;
          }),
        );
        return ok({ uidValidity: String(uidValidity), identities });
      }),
    listUids: async (remoteKey, signal) =>
      reach(signal, () => {
        const { uidValidity, messages } = server.mailbox(remoteKey);
        return ok({ uidValidity: String(uidValidity), uids: rangesFromUids([...messages.keys()]) });
      }),
    connections: () => [],
    takeTraffic: () => {
      const traffic: Traffic = { bytesIn: roundTrips * 100, bytesOut: roundTrips * 50, roundTrips };
      roundTrips = 0;
      return traffic;
    },
    close: async () => closing.abort(),
  };
}

async function* watch(
  server: FakeMailServer,
  remoteKey: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void, void> {
  if (server.fault === 'offline') return yield { kind: 'ended', failure: UNREACHABLE };
  let dirty = true;
  let wake = () => {};
  const stop = server.onChange((changed) => {
    if (changed !== remoteKey) return;
    dirty = true;
    wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    yield { kind: 'watching' };
    while (!signal.aborted) {
      if (dirty) {
        dirty = false;
        yield { kind: 'dirty' };
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stop();
  }
}
