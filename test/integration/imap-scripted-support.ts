/** Scripted IMAP servers with a connector each, ended after each test, and the lines most scripts need. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect } from 'vitest';
import type { ImapCheckpoint } from '../../src/shared/observation';
import type { Connector } from '../../src/sync/connectors/contract';
import { createImapConnector } from '../../src/sync/connectors/imap/imap-connector';
import type { ImapAccountSettings } from '../../src/sync/connectors/imap/settings';
import type { Clock } from '../../src/sync/ports/clock';
import { type ImapScript, type ScriptedImapServer, startScriptedImap } from '../fakes/scripted-imap-server';
import { testPorts } from './imap-support';

const opened: { readonly server: ScriptedImapServer; readonly connector: Connector }[] = [];
afterEach(async () => {
  for (const { server, connector } of opened.splice(0)) {
    server.close();
    await connector.close();
  }
});

export async function start(
  script: ImapScript,
  options: {
    readonly capabilities?: string;
    readonly greeting?: string;
    readonly clock?: Clock;
    readonly account?: Partial<ImapAccountSettings>;
    readonly security?: 'none' | 'starttls';
  } = {},
): Promise<{ connector: Connector; server: ScriptedImapServer }> {
  const server = await startScriptedImap(script, options);
  const connector = createImapConnector(
    {
      server: { host: '127.0.0.1', port: server.port, security: options.security ?? 'none', user: 'ann' },
      caPem: null,
      pinned: [],
      auth: 'password',
      secret: async () => 'secret',
      ...options.account,
    },
    { ...testPorts, clock: options.clock ?? testPorts.clock },
  );
  opened.push({ server, connector });
  return { connector, server };
}

export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries++) await delay(5);
  expect(condition()).toBe(true);
}

export const ROW = (uid: number, extra = '') =>
  `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "20-Nov-2026 10:00:00 +0000" RFC822.SIZE 100${extra} BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 10 1) BODY[HEADER.FIELDS (SUBJECT)] "Subject: s${uid}")\r\n`;
export const OPENED = (uidNext: number, exists: number, more = '') =>
  `* ${exists} EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT ${uidNext}] n\r\n${more}%T OK [READ-ONLY] done\r\n`;
export const CHECKPOINT: ImapCheckpoint = {
  protocol: 'imap',
  uidValidity: '7',
  uidNext: 11,
  highestModseq: '100',
  doneRanges: [[1, 10]],
  backfillComplete: true,
  flagScanUid: 0,
};
export const MODSEQ_CAPABILITIES = 'IMAP4rev1 ENABLE CONDSTORE QRESYNC UIDPLUS ESEARCH IDLE';
