/** What the IMAP integration tests share: an account on a test server, a connector, and ways to drain it. */
import { readFileSync } from 'node:fs';
import type { ObservationBatch, PackedMessage, UidRange } from '../../src/shared/observation';
import type { Outcome } from '../../src/shared/outcome';
import { rangesFromUids } from '../../src/shared/uid-ranges';
import type { Connector, PullRequest, RemoteMessage } from '../../src/sync/connectors/contract';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import type { ImapAccountSettings } from '../../src/sync/connectors/imap/settings';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { createInlineWorkbench } from '../../src/sync/prepare/inline-workbench';
import type { DovecotServer, TestUser } from '../servers/start-dovecot';

export const quietLogger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const testPorts = {
  clock: createSystemClock(),
  logger: quietLogger,
  client: { name: 'Homeport', version: '0.0.0', contact: 'The authors' },
  workbench: createInlineWorkbench(),
};
export const never = new AbortController().signal;

export function plainAccount(
  server: DovecotServer,
  user: TestUser,
  overrides: Partial<ImapAccountSettings> & { readonly port?: number } = {},
): ImapAccountSettings {
  const { port, ...rest } = overrides;
  return {
    server: { host: '127.0.0.1', port: port ?? server.imapPort, security: 'none', user: user.name },
    caPem: null,
    pinned: [],
    auth: 'password',
    secret: async () => user.password,
    ...rest,
  };
}

export function tlsAccount(
  server: DovecotServer,
  user: TestUser,
  overrides: Partial<ImapAccountSettings> = {},
): ImapAccountSettings {
  return {
    ...plainAccount(server, user),
    server: { host: 'localhost', port: server.imapsPort, security: 'tls', user: user.name },
    caPem: readFileSync(server.caPath, 'utf8'),
    ...overrides,
  };
}

export function connectTo(account: ImapAccountSettings): Connector {
  return createImapConnector(account, testPorts);
}

/** A small message; `tag` makes its Message-ID. */
export function mail(
  tag: string,
  options: { readonly subject?: string; readonly body?: string } = {},
): string {
  return [
    `From: "Ann ${tag}" <ann@example.org>`,
    'To: bob@example.org',
    `Subject: ${options.subject ?? `About ${tag}`}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0100',
    `Message-ID: <${tag}@example.org>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    options.body ?? `Text of ${tag}.`,
    '',
  ].join('\r\n');
}

export function mails(count: number, first = 1): { raw: Buffer; flags: string[]; date: number }[] {
  return Array.from({ length: count }, (_, at) => ({
    raw: Buffer.from(mail(`m${first + at}`)),
    flags: at % 3 === 0 ? ['\\Seen'] : [],
    date: Date.UTC(2026, 9, 1) + (first + at) * 60_000,
  }));
}

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`failed: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

export async function pullAll(
  connector: Connector,
  request: Partial<PullRequest> & Pick<PullRequest, 'plan'>,
): Promise<ObservationBatch[]> {
  const batches: ObservationBatch[] = [];
  const full = { remoteKey: 'INBOX', checkpoint: null, knownUids: [], firstWindow: 100, ...request };
  for await (const batch of connector.pull(full, never)) batches.push(must(batch));
  return batches;
}

/** First download; what an engine would know afterwards. */
export async function pullFirst(
  connector: Connector,
  remoteKey = 'INBOX',
): Promise<{
  readonly messages: readonly PackedMessage[];
  readonly knownUids: readonly UidRange[];
  readonly last: ObservationBatch;
}> {
  const batches = await pullAll(connector, { remoteKey, plan: { kind: 'initial' } });
  const messages = batches.flatMap((batch) => batch.added).toSorted((a, b) => a.uid - b.uid);
  const last = batches.at(-1);
  if (!last) throw new Error('a pull without batches');
  return { messages, knownUids: rangesFromUids(messages.map(({ uid }) => uid)), last };
}

export function remote(message: PackedMessage, uidValidity: string): RemoteMessage {
  return { uidValidity, uid: message.uid, identity: message.identity };
}
