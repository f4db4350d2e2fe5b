/** The Connector port over IMAP: wiring only, one file per command beside it. */
import type { Ports } from '../../ports/ports';
import { ok } from '../../../shared/outcome';
import type { Connector } from '../contract';
import { ConnectionPool } from './connection-pool';
import { listMailboxes } from './mailbox-list';
import { pull } from './pull';
import type { ImapAccountSettings } from './settings';

export function createImapConnector(
  account: ImapAccountSettings,
  ports: Pick<Ports, 'clock' | 'client' | 'logger'>,
): Connector {
  const pool = new ConnectionPool(account, ports);
  return {
    connect: (role, signal) => pool.use(role, signal, async (session) => ok(session.capabilities)),
    listMailboxes: (signal) => pool.use('bulk', signal, listMailboxes),
    pull: (request, signal) => pull(pool, ports.clock, request, signal),
    takeTraffic: () => pool.takeTraffic(),
    close: () => pool.close(),
  } as Connector;
}
