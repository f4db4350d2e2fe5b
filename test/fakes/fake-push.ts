/** Pushing to the fake server: the effects and the answers of the real connector, faults included. */
import { hash } from 'node:crypto';
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import {
  isMailboxAction,
  type MailboxAction,
  type ProbeReport,
  type PushAction,
  type PushItemResult,
  type PushReport,
  type RemoteMessage,
  type WireRecord,
} from '../../src/sync/connectors/contract';
import { observeSource } from '../../src/sync/mime/observe-source';
import type { FakeMailServer } from './fake-mail-server';
import { fakeProbeMailbox, fakePushMailbox } from './fake-mailboxes';
import { REBUILT } from './fake-pull';

const UNKNOWN = {
  kind: 'unknown-outcome',
  message: 'The connection was lost before the change was confirmed.',
} as const;

export function fakePreparePush(server: FakeMailServer, action: PushAction): WireRecord {
  if (action.kind === 'delete-mailbox' && server.mailboxes.has(action.remoteKey))
    return { source: server.status(action.remoteKey), destination: null };
  if (action.kind !== 'move') return { source: null, destination: null };
  const destination = server.mailboxes.has(action.toRemoteKey) ? server.status(action.toRemoteKey) : null;
  const fingerprints = Object.fromEntries(
    action.messages.flatMap(({ uid, identity }) => {
      const message = server.mailbox(action.remoteKey).messages.get(uid);
      return identity === null && message ? [[uid, fingerprintOf(message.source)]] : [];
    }),
  );
  return { source: server.status(action.remoteKey), destination, fingerprints };
}

function fingerprintOf(source: Uint8Array): string {
  return hash('sha256', source, 'base64url');
}

export function fakePush(server: FakeMailServer, action: PushAction, wire: WireRecord): Outcome<PushReport> {
  const { fault } = server;
  const cut = fault === 'cut-before' || fault === 'cut-after' || fault === 'cut-half';
  if (cut) server.fault = null;
  if (fault === 'cut-before') return fail(UNKNOWN);
  const report = apply(server, action, wire, fault === 'cut-half');
  return cut ? fail(UNKNOWN) : report;
}

function apply(
  server: FakeMailServer,
  action: PushAction,
  wire: WireRecord,
  half: boolean,
): Outcome<PushReport> {
  if (isMailboxAction(action)) return fakePushMailbox(server, action);
  if (isStale(server, action)) return fail(REBUILT);
  const notKept = action.kind === 'keywords' && !server.keepsLabels ? action.add.filter(isLabel) : [];
  return ok({
    items: action.messages.map((message) => applyOne(server, without(action, notKept), message, wire, half)),
    createdRemoteKey: null,
    ...(action.kind === 'keywords' && { notKept, keepsLabels: server.keepsLabels }),
  });
}

function isLabel(keyword: string): boolean {
  return !keyword.startsWith('$');
}

type MessageAction = Exclude<PushAction, MailboxAction>;

function without(action: MessageAction, notKept: readonly string[]): MessageAction {
  if (action.kind !== 'keywords') return action;
  return { ...action, add: action.add.filter((keyword) => !notKept.includes(keyword)) };
}

function applyOne(
  server: FakeMailServer,
  action: Exclude<PushAction, MailboxAction>,
  message: RemoteMessage,
  wire: WireRecord,
  half: boolean,
): PushItemResult {
  const { uid } = message;
  if (!isPresent(server, action.remoteKey, message)) return { uid, result: 'gone' };
  const done = { uid, result: 'done', newUid: null, newUidValidity: null } as const;
  switch (action.kind) {
    case 'keywords': {
      const kept = server.mailbox(action.remoteKey).messages.get(uid)?.keywords ?? [];
      server.setKeywords(action.remoteKey, uid, [
        ...kept.filter((word) => !action.remove.includes(word)),
        ...action.add,
      ]);
      return done;
    }
    case 'delete':
      server.remove(action.remoteKey, uid);
      return done;
    case 'move': {
      if (!server.mailboxes.has(action.toRemoteKey)) {
        const failure = {
          kind: 'rejected',
          code: 'TRYCREATE',
          message: 'The folder does not exist on the server.',
        } as const;
        return { uid, result: 'failed', failure };
      }
      const newUid = server.canMove
        ? server.move(action.remoteKey, uid, action.toRemoteKey)
        : copyAndRemove(server, action, message, wire, half);
      return { uid, result: 'done', newUid, newUidValidity: server.status(action.toRemoteKey).uidValidity };
    }
  }
}

/** A copy of an earlier attempt is not made twice; `half` = the link broke between the two steps. */
function copyAndRemove(
  server: FakeMailServer,
  { remoteKey, toRemoteKey }: Extract<PushAction, { kind: 'move' }>,
  message: RemoteMessage,
  wire: WireRecord,
  half: boolean,
): number | null {
  const source = server.mailbox(remoteKey).messages.get(message.uid);
  if (!source) return null;
  const copy =
    arrivedAs(server, toRemoteKey, message, wire) ??
    server.deliver(toRemoteKey, source.source, source.receivedAt, source.keywords);
  if (!half) server.remove(remoteKey, message.uid);
  return copy;
}

export function fakeProbePush(
  server: FakeMailServer,
  action: PushAction,
  wire: WireRecord,
): Outcome<ProbeReport> {
  if (isMailboxAction(action)) return fakeProbeMailbox(server, action, wire);
  if (isStale(server, action)) return fail(REBUILT);
  const done: { uid: number; newUid: number | null; newUidValidity: string | null }[] = [];
  const repeat: number[] = [];
  const gone: number[] = [];
  for (const message of action.messages) {
    const { uid } = message;
    const newUid = action.kind === 'move' ? arrivedAs(server, action.toRemoteKey, message, wire) : null;
    if (action.kind === 'keywords' || isPresent(server, action.remoteKey, message)) repeat.push(uid);
    else if (action.kind === 'delete') done.push({ uid, newUid: null, newUidValidity: null });
    else if (newUid !== null)
      done.push({ uid, newUid, newUidValidity: server.status(action.toRemoteKey).uidValidity });
    else gone.push(uid);
  }
  return ok({ done, repeat, gone });
}

function arrivedAs(
  server: FakeMailServer,
  toRemoteKey: string,
  message: RemoteMessage,
  wire: WireRecord,
): number | null {
  // A rebuilt destination is looked at from its beginning: the note says nothing about it.
  const isNoted =
    server.mailboxes.has(toRemoteKey) &&
    server.status(toRemoteKey).uidValidity === wire.destination?.uidValidity;
  const firstUid = isNoted ? (wire.destination?.uidNext ?? 1) : 1;
  const found = [...(server.mailboxes.get(toRemoteKey)?.messages.values() ?? [])].find(
    (candidate) =>
      candidate.uid >= firstUid &&
      (message.identity === null
        ? fingerprintOf(candidate.source) === wire.fingerprints?.[message.uid]
        : observeSource(candidate.source, candidate).message.identity === message.identity),
  );
  return found?.uid ?? null;
}

function isPresent(server: FakeMailServer, remoteKey: string, { uid, identity }: RemoteMessage): boolean {
  const message = server.mailbox(remoteKey).messages.get(uid);
  return (
    message !== undefined &&
    (identity === null || observeSource(message.source, message).message.identity === identity)
  );
}

function isStale(server: FakeMailServer, action: Exclude<PushAction, MailboxAction>): boolean {
  const { uidValidity } = server.status(action.remoteKey);
  return action.messages.some((message) => message.uidValidity !== uidValidity);
}
