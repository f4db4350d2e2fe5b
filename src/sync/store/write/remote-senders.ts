import { COLLECTIONS } from '../collections';
import { prepared, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';

const ALLOW = writeSql('INSERT OR IGNORE INTO remote_senders (address) VALUES (?)');
const REVOKE = writeSql('DELETE FROM remote_senders WHERE address = ?');

/** Always shows remote pictures of this address. */
export function allowRemoteSender(tx: WriteTx, address: string): void {
  prepared(tx.db, ALLOW).run(address.toLowerCase());
  tx.log(COLLECTIONS.settings, 0, 'change');
}

export function revokeRemoteSender(tx: WriteTx, address: string): void {
  prepared(tx.db, REVOKE).run(address.toLowerCase());
  tx.log(COLLECTIONS.settings, 0, 'change');
}
