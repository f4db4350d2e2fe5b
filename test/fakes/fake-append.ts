/** Messages of our own on the fake server: appended, looked for, found by their names. */
import { fail, type Outcome, ok } from '../../src/shared/outcome';
import type {
  AppendReport,
  AppendRequest,
  RemoteMessage,
  WireRecord,
} from '../../src/sync/connectors/contract';
import { DRAFT_HEADER } from '../../src/sync/mime/compose-message';
import { observeSource } from '../../src/sync/mime/observe-source';
import type { FakeMailServer, FakeMessage } from './fake-mail-server';

const UNKNOWN = {
  kind: 'unknown-outcome',
  message: 'The connection was lost before the message was filed.',
} as const;
const NO_MAILBOX = {
  kind: 'rejected',
  code: 'TRYCREATE',
  message: 'The folder does not exist on the server.',
} as const;

export function fakePrepareAppend(server: FakeMailServer, { remoteKey }: AppendRequest): Outcome<WireRecord> {
  if (!server.mailboxes.has(remoteKey)) return fail(NO_MAILBOX);
  return ok({ source: null, destination: server.status(remoteKey) });
}

export function fakeAppend(server: FakeMailServer, request: AppendRequest): Outcome<AppendReport> {
  const { fault } = server;
  if (fault === 'cut-before' || fault === 'cut-after') server.fault = null;
  if (fault === 'cut-before') return fail(UNKNOWN);
  const { remoteKey, source, receivedAt, keywords, replaces } = request;
  if (!server.mailboxes.has(remoteKey)) return fail(NO_MAILBOX);
  const uid = server.deliver(remoteKey, source, receivedAt, keywords);
  if (fault === 'cut-after') return fail(UNKNOWN);
  if (replaces) server.remove(remoteKey, replaces.uid);
  return ok({ uid, uidValidity: server.status(remoteKey).uidValidity });
}

export function fakeProbeAppend(
  server: FakeMailServer,
  request: AppendRequest,
  wire: WireRecord,
): Outcome<AppendReport | null> {
  const { remoteKey, messageId, draft } = request;
  const found = messagesOf(server, remoteKey).find(
    (message) =>
      message.uid >= (wire.destination?.uidNext ?? 1) &&
      headerOf(message, 'Message-ID') === messageId &&
      (draft === null || headerOf(message, DRAFT_HEADER) === `${draft.token} ${draft.revision}`),
  );
  return ok(found ? { uid: found.uid, uidValidity: server.status(remoteKey).uidValidity } : null);
}

export function fakeFindByMessageId(
  server: FakeMailServer,
  remoteKey: string,
  messageId: string,
  fromUid: number,
): Outcome<readonly RemoteMessage[]> {
  return ok(
    messagesOf(server, remoteKey)
      .filter((message) => message.uid >= fromUid && headerOf(message, 'Message-ID') === messageId)
      .map((message) => remote(server, remoteKey, message)),
  );
}

export function fakeFindDrafts(
  server: FakeMailServer,
  remoteKey: string,
  token: string,
): Outcome<readonly (RemoteMessage & { readonly revision: number })[]> {
  return ok(
    messagesOf(server, remoteKey)
      .flatMap((message) => {
        const [found, revision] = (headerOf(message, DRAFT_HEADER) ?? '').split(' ');
        return found === token ? [{ ...remote(server, remoteKey, message), revision: Number(revision) }] : [];
      })
      .sort((a, b) => b.revision - a.revision),
  );
}

function messagesOf(server: FakeMailServer, remoteKey: string): FakeMessage[] {
  return [...(server.mailboxes.get(remoteKey)?.messages.values() ?? [])];
}

function remote(server: FakeMailServer, remoteKey: string, message: FakeMessage): RemoteMessage {
  const { identity } = observeSource(message.source, message).message;
  return { uid: message.uid, uidValidity: server.status(remoteKey).uidValidity, identity };
}

function headerOf({ source }: FakeMessage, name: string): string | null {
  const head = Buffer.from(source).toString('latin1').split('\r\n\r\n')[0] ?? '';
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head.replace(/\r\n[ \t]+/g, ' '))?.[1]?.trim() ?? null;
}
