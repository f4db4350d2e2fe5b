import type { DraftContent, DraftKind } from '../../../shared/contract/compose-views';
import type { AccountId, DraftId, MessageId } from '../../../shared/domain';
import { COLLECTIONS } from '../collections';
import { compress } from '../compression';
import type { DraftState } from '../read/drafts';
import { prepared, readSql, writeSql } from '../sql';
import type { WriteTx } from '../write-tx';
import { revisionsToDrop } from './prune-revisions';

const INSERT = writeSql(
  `INSERT INTO drafts (account_id, kind, quick, state, related_message, shown_message, token, message_id_header,
     in_reply_to, references_json, revision, saved_at, created_at, content_json, touched, upstream_revision)
   VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
);
const SAVE = writeSql(
  `UPDATE drafts SET account_id = ?, revision = ?, saved_at = ?, content_json = ?, touched = 1 WHERE id = ?`,
);
const INSERT_REVISION = writeSql(
  `INSERT OR REPLACE INTO draft_revisions (draft_id, revision, saved_at, first_line, encoding, content)
   VALUES (?, ?, ?, ?, ?, ?)`,
);
const KEPT = readSql<{ revision: number; saved_at: number }>(
  'SELECT revision, saved_at FROM draft_revisions WHERE draft_id = ? ORDER BY revision DESC',
);
const DROP_REVISION = writeSql('DELETE FROM draft_revisions WHERE draft_id = ? AND revision = ?');
const SET_STATE = writeSql('UPDATE drafts SET state = ?, ends_at = ? WHERE id = ?');
const SET_SHOWN = writeSql('UPDATE drafts SET shown_message = ? WHERE id = ?');
const SET_UPSTREAM = writeSql('UPDATE drafts SET upstream_revision = ? WHERE id = ?');
const SET_ELSEWHERE = writeSql(
  'UPDATE drafts SET edited_elsewhere = ?, upstream_revision = NULL WHERE id = ?',
);
const TOUCH = writeSql('UPDATE drafts SET touched = 1, saved_at = ?, upstream_revision = NULL WHERE id = ?');
const REMOVE = writeSql('DELETE FROM drafts WHERE id = ?');

export interface NewDraft {
  readonly accountId: AccountId;
  readonly kind: DraftKind;
  readonly quick: boolean;
  readonly relatedId: MessageId | null;
  /** Of a draft that was opened from the Drafts mailbox: it is shown already. */
  readonly shownId: MessageId | null;
  readonly token: string;
  /** With angle brackets. */
  readonly messageIdHeader: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly content: DraftContent;
  /** A person has written in it before it came here. */
  readonly touched: boolean;
  readonly upstreamRevision: number | null;
}

/** A draft nobody has saved yet: revision 0. */
export function insertDraft(tx: WriteTx, draft: NewDraft): DraftId {
  const { lastInsertRowid } = prepared(tx.db, INSERT).run(
    draft.accountId,
    draft.kind,
    draft.quick ? 1 : 0,
    draft.relatedId,
    draft.shownId,
    draft.token,
    draft.messageIdHeader,
    draft.inReplyTo,
    JSON.stringify(draft.references),
    tx.nowMs,
    tx.nowMs,
    JSON.stringify(draft.content),
    draft.touched ? 1 : 0,
    draft.upstreamRevision,
  );
  const id = Number(lastInsertRowid) as DraftId;
  keepRevision(tx, id, 0, draft.content, '');
  stateDraft(tx, id, 'add');
  return id;
}

/** The next revision (SYNC-300); answers its number. The caller has compared the one it is based on. */
export function saveDraftRevision(
  tx: WriteTx,
  draft: { readonly id: DraftId; readonly revision: number },
  accountId: AccountId,
  content: DraftContent,
  firstLine: string,
): number {
  const revision = draft.revision + 1;
  prepared(tx.db, SAVE).run(accountId, revision, tx.nowMs, JSON.stringify(content), draft.id);
  keepRevision(tx, draft.id, revision, content, firstLine);
  stateDraft(tx, draft.id, 'change');
  return revision;
}

function keepRevision(
  tx: WriteTx,
  draftId: DraftId,
  revision: number,
  content: DraftContent,
  firstLine: string,
): void {
  const { encoding, data } = compress(Buffer.from(JSON.stringify(content), 'utf8'));
  prepared(tx.db, INSERT_REVISION).run(draftId, revision, tx.nowMs, firstLine, encoding, data);
  const kept = prepared(tx.db, KEPT).all(draftId);
  for (const dropped of revisionsToDrop(kept, tx.nowMs)) prepared(tx.db, DROP_REVISION).run(draftId, dropped);
}

/** `endsAt`: when a discarded one is gone for good; milliseconds UTC. */
export function setDraftState(tx: WriteTx, draftId: DraftId, state: DraftState, endsAt: number | null): void {
  prepared(tx.db, SET_STATE).run(state, endsAt, draftId);
  stateDraft(tx, draftId, 'change');
}

/** Its row in the Drafts mailbox; null = it has none. */
export function setDraftMessage(tx: WriteTx, draftId: DraftId, messageId: MessageId | null): void {
  prepared(tx.db, SET_SHOWN).run(messageId, draftId);
  stateDraft(tx, draftId, 'change');
}

/** This revision is upstream now. */
export function setDraftUpstream(tx: WriteTx, draftId: DraftId, revision: number | null): void {
  prepared(tx.db, SET_UPSTREAM).run(revision, draftId);
  stateDraft(tx, draftId, 'change');
}

/** Another device changed it: theirs is the server's draft, this one is ours (section 8). */
export function setEditedElsewhere(tx: WriteTx, draftId: DraftId, elsewhere: boolean): void {
  prepared(tx.db, SET_ELSEWHERE).run(elsewhere ? 1 : 0, draftId);
  stateDraft(tx, draftId, 'change');
}

/** Its files changed: what is upstream is not what is here any more. */
export function touchDraft(tx: WriteTx, draftId: DraftId): void {
  prepared(tx.db, TOUCH).run(tx.nowMs, draftId);
  stateDraft(tx, draftId, 'change');
}

/** Its revisions and attachments go with it. */
export function deleteDraft(tx: WriteTx, draftId: DraftId): void {
  prepared(tx.db, REMOVE).run(draftId);
  stateDraft(tx, draftId, 'remove');
}

export function stateDraft(tx: WriteTx, draftId: DraftId, op: 'add' | 'change' | 'remove'): void {
  tx.log(COLLECTIONS.drafts, draftId, op);
  tx.touch(`draft:${draftId}`);
}
