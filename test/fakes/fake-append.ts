/** Appending to the fake server, and looking for messages by their header: effects and answers of the real connector. */
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import type {
  AppendReport,
  AppendRequest,
  RemoteMessage,
  WireRecord,
} from '../../src/sync/connectors/contract';
import { DRAFT_HEADER } from '../../src/sync/mime/compose-message';
import { observeSource } from '../../src/sync/mime/observe-source';
import { parseMessage } from '../../src/sync/mime/parse-message';
import type { FakeMailServer, FakeMessage } from './fake-mail-server';

const UNKNOWN = {
  kind: 'unknown-outcome',
  message: 'The connection was lost before the change was confirmed.',
} as const;
const NO_MAILBOX = {
  kind: 'rejected',
  code: 'TRYCREATE',
  message: 'The folder does not exist on the server.',
} as const;

export function fakePrepareAppend(server: FakeMailServer, request: AppendRequest): WireRecord {
  const exists = server.mailboxes.has(request.remoteKey);
  return { source: null, destination: exists ? server.status(request.remoteKey) : null };
}

export function fakeAppend(server: FakeMailServer, request: AppendRequest): Outcome<AppendReport> {
  const { fault } = server;
  if (fault === 'cut-before' || fault === 'cut-after') server.fault = null;
  if (fault === 'cut-before') return fail(UNKNOWN);
  if (server.appendRefusal) return fail(server.appendRefusal);
  if (!server.mailboxes.has(request.remoteKey)) return fail(NO_MAILBOX);
  const uid = server.deliver(request.remoteKey, request.source, request.receivedAt, request.keywords);
  // The link breaks after the new one is there and before the old one is gone.
  if (fault === 'cut-after') return fail(UNKNOWN);
  removeReplaced(server, request);
  return ok({ uid, uidValidity: server.status(request.remoteKey).uidValidity });
}

export function fakeProbeAppend(
  server: FakeMailServer,
  request: AppendRequest,
  wire: WireRecord,
): AppendReport | null {
  const mailbox = server.mailboxes.get(request.remoteKey);
  if (!mailbox) return null;
  const { uidValidity } = server.status(request.remoteKey);
  const from = wire.destination?.uidValidity === uidValidity ? wire.destination.uidNext : 1;
  const { draft } = request;
  const [found, ...others] = [...mailbox.messages.values()].filter((message) => {
    if (message.uid < from) return false;
    const revision = draftOf(message);
    return draft
      ? revision?.token === draft.token && revision.revision === draft.revision
      : messageIdOf(message) === request.messageId;
  });
  if (!found) return null;
  if (draft) for (const { uid } of others) server.remove(request.remoteKey, uid);
  removeReplaced(server, request);
  return { uid: found.uid, uidValidity };
}

export function fakeFindByMessageId(
  server: FakeMailServer,
  remoteKey: string,
  messageId: string,
  fromUid: number,
): RemoteMessage[] {
  return messagesOf(server, remoteKey)
    .filter((message) => message.uid >= fromUid && messageIdOf(message) === messageId)
    .map((message) => remote(server, remoteKey, message));
}

export function fakeFindDrafts(server: FakeMailServer, remoteKey: string, token: string) {
  return messagesOf(server, remoteKey)
    .flatMap((message) => {
      const draft = draftOf(message);
      return draft?.token === token
        ? [{ ...remote(server, remoteKey, message), revision: draft.revision }]
        : [];
    })
    .sort((a, b) => b.revision - a.revision || b.uid - a.uid);
}

function messagesOf(server: FakeMailServer, remoteKey: string): FakeMessage[] {
  return [...(server.mailboxes.get(remoteKey)?.messages.values() ?? [])];
}

function remote(server: FakeMailServer, remoteKey: string, message: FakeMessage): RemoteMessage {
  const { identity } = observeSource(message.source, message).message;
  return { uid: message.uid, uidValidity: server.status(remoteKey).uidValidity, identity };
}

function removeReplaced(server: FakeMailServer, { remoteKey, replaces }: AppendRequest): void {
  if (!replaces || replaces.uidValidity !== server.status(remoteKey).uidValidity) return;
  const message = server.mailbox(remoteKey).messages.get(replaces.uid);
  if (!message) return;
  if (replaces.identity === null || remote(server, remoteKey, message).identity === replaces.identity)
    server.remove(remoteKey, replaces.uid);
}

function messageIdOf(message: FakeMessage): string {
  return `<${parseMessage(message.source).facts.messageId ?? ''}>`;
}

function draftOf(message: FakeMessage): { token: string; revision: number } | null {
  const header = parseMessage(message.source).headers.find(
    ({ name }) => name.toLowerCase() === DRAFT_HEADER.toLowerCase(),
  );
  const [token = '', revision = ''] = header?.raw.split(' ') ?? [];
  return header ? { token, revision: Number(revision) } : null;
}
