import type { AccountId, MessageId, OutboxId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { MailReport, ReportedRecipient } from '../../../shared/observation';
import { getOutbox, type OutboxRow, outboxByMessageId } from '../read/outbox';
import { prepared, readSql } from '../sql';
import { joinThread } from '../threads/link-thread';
import type { WriteTx } from '../write-tx';
import { changeOutbox, setRecipient } from './outbox';

const MESSAGE = readSql<{ account_id: AccountId; thread_id: number }>(
  'SELECT account_id, thread_id FROM messages WHERE id = ?',
);
const BY_ENVELOPE = readSql<{ id: OutboxId }>(
  `SELECT id FROM outbox WHERE account_id = ? AND dsn_json ->> '$.envid' = ? LIMIT 1`,
);
/** Ids of one report that are looked up: it names one message, under two fields at most. */
const MAX_IDS = 4;

/**
 * What a mail system says of a message that was sent from here: it joins the conversation of what it is about, and who
 * could not be reached is a refused recipient of it (SYNC-279, 291).
 */
export function applyReport(tx: WriteTx, messageId: MessageId, report: MailReport): void {
  const message = prepared(tx.db, MESSAGE).get(messageId);
  if (!message) return;
  const ids = report.messageIds.slice(0, MAX_IDS);
  for (const id of ids) joinThread(tx, message.account_id, message.thread_id, id);
  if (report.kind !== 'delivery') return;
  const entry = entryOf(tx, message.account_id, ids, report.envelopeId);
  // Only what a server took can come back; anything else about it is forged.
  if (entry === null || !AFTER.has(entry.state)) return;
  let refused = 0;
  for (const recipient of report.recipients) {
    const address = recipient.action === 'failed' ? ownAddress(entry, recipient.address) : null;
    if (address === null) continue;
    refused += 1;
    setRecipient(tx, entry.id, address, 'refused', failureOf(address, recipient));
  }
  // That it speaks of the message tells that it was accepted, where that was not known.
  if (entry.state === 'unknown') {
    const now = getOutbox(tx.db, entry.id)?.recipients ?? [];
    for (const { address, state } of now)
      if (state === 'waiting') setRecipient(tx, entry.id, address, 'accepted', null);
    changeOutbox(tx, entry.id, {
      state: 'accepted',
      acceptedAt: tx.nowMs,
      failure: null,
      nextAttemptAt: null,
    });
  } else if (refused > 0 && entry.state === 'done') changeOutbox(tx, entry.id, { state: 'partial' });
}

/** The states of a message that may have left. */
const AFTER = new Set<OutboxRow['state']>(['unknown', 'accepted', 'filing', 'done', 'partial']);

function entryOf(
  tx: WriteTx,
  accountId: AccountId,
  ids: readonly string[],
  envelopeId: string | null,
): OutboxRow | null {
  const named = envelopeId === null ? undefined : prepared(tx.db, BY_ENVELOPE).get(accountId, envelopeId);
  if (named) return getOutbox(tx.db, named.id);
  for (const id of ids) {
    const entry = outboxByMessageId(tx.db, accountId, `<${id}>`);
    if (entry) return entry;
  }
  return null;
}

/** An address that forwards comes back under another name: with one recipient it can only be that one. */
function ownAddress({ recipients }: OutboxRow, reported: string): string | null {
  const same = recipients.find(({ address }) => address.toLowerCase() === reported.toLowerCase());
  return same?.address ?? (recipients.length === 1 ? (recipients[0]?.address ?? null) : null);
}

function failureOf(address: string, { status, text }: ReportedRecipient): Failure {
  const serverText = [status, text].filter(Boolean).join(' ');
  return {
    kind: 'rejected',
    message: `The mail to ${address} came back.`,
    hint: 'Correct the address, and send it again.',
    ...(status === null ? {} : { code: status }),
    ...(serverText === '' ? {} : { serverText }),
  };
}
