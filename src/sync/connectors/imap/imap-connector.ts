/** The Connector port over IMAP: wiring only, one file per command beside it. */
import { ok } from '../../../shared/outcome';
import type { Workbench } from '../../ports/workbench';
import type { Connector } from '../contract';
import { append, prepareAppend, probeAppend } from './append';
import type { ConnectPorts } from './connection';
import { ConnectionPool } from './connection-pool';
import { fetchBodies } from './fetch-bodies';
import { fetchPart, fetchSource } from './fetch-part';
import { findByMessageId, findDrafts } from './find-messages';
import { getQuota } from './get-quota';
import { MAX_ALERTS } from './limits';
import { listIdentities } from './list-identities';
import { listUids } from './list-uids';
import { listMailboxes } from './mailbox-list';
import { pull } from './pull';
import { preparePush, probePush, push } from './push';
import { searchMailbox } from './search-mailbox';
import type { ImapAccountSettings } from './settings';
import { stoppable } from './stoppable';
import { watchMailbox } from './watch-idle';

/** Nothing is connected before the first call; `close` ends everything within 2 s (SYNC-403). */
export function createImapConnector(
  account: ImapAccountSettings,
  ports: ConnectPorts & { readonly workbench: Workbench },
): Connector {
  let alerts: string[] = [];
  const onAlert = (text: string): void => {
    if (alerts.length < MAX_ALERTS && !alerts.includes(text)) alerts.push(text);
  };
  const pool = new ConnectionPool(account, { ...ports, onAlert });
  const content = { pool, workbench: ports.workbench };
  return {
    connect: (role, signal) => pool.use(role, signal, async (session) => ok(session.capabilities)),
    listMailboxes: (signal) => pool.use('bulk', signal, listMailboxes),
    pull: (request, signal) => pull(pool, ports.clock, ports.workbench, request, signal),
    fetchBodies: (role, request, signal) => fetchBodies({ ...content, role, request }, signal),
    fetchPart: (remoteKey, message, section, signal) =>
      fetchPart(content, remoteKey, message, section, signal),
    fetchSource: (remoteKey, message, signal) => fetchSource(content, remoteKey, message, signal),
    preparePush: (action, signal) =>
      pool.use('interactive', signal, (session) => preparePush(session, action)),
    push: (action, wire, signal) => pool.use('interactive', signal, (session) => push(session, action, wire)),
    probePush: (action, wire, signal) =>
      pool.use('interactive', signal, (session) => probePush(session, action, wire)),
    prepareAppend: (request, signal) =>
      pool.use('interactive', signal, (session) => prepareAppend(session, request)),
    append: (request, wire, signal) =>
      pool.use('interactive', signal, (session) => append(session, request, wire)),
    probeAppend: (request, wire, signal) =>
      pool.use('interactive', signal, (session) => probeAppend(session, request, wire)),
    findByMessageId: (remoteKey, messageId, fromUid, signal) =>
      pool.use('interactive', signal, (session) => findByMessageId(session, remoteKey, messageId, fromUid)),
    findDrafts: (remoteKey, token, signal) =>
      pool.use('interactive', signal, (session) => findDrafts(session, remoteKey, token)),
    watch: (remoteKey, signal, options) => watchMailbox(pool, ports.clock, remoteKey, signal, options),
    quota: (signal) => pool.use('bulk', signal, getQuota),
    identities: (remoteKey, query, signal) =>
      pool.use('bulk', signal, (session) => listIdentities(session, remoteKey, query)),
    listUids: async (remoteKey, signal) => {
      await pool.renew('bulk');
      return await pool.use('bulk', signal, (session) => listUids(session, remoteKey));
    },
    search: (request, signal) =>
      pool.use(
        'interactive',
        signal,
        stoppable(signal, (session) => searchMailbox(session, request, ports.workbench)),
      ),
    networkChanged: () => pool.doubt(),
    connections: () => pool.connections(),
    takeTraffic: () => pool.takeTraffic(),
    takeAlerts: () => {
      const heard = alerts;
      alerts = [];
      return heard;
    },
    close: () => pool.close(),
  };
}
