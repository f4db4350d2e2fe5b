import { DRAFT, type MessageId, SEEN } from '../../shared/domain';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { AppendReport, AppendRequest, RemoteMessage, WireRecord } from '../connectors/contract';
import { readBlob } from '../store/blobs';
import { getDraft } from '../store/read/drafts';
import { getMailbox, type MailboxRow, mailboxByRole } from '../store/read/mailboxes';
import { getOutbox } from '../store/read/outbox';
import type { CopyDueChange } from '../store/read/pending';
import { placementsOf } from '../store/read/placements';
import { setDraftUpstream } from '../store/write/drafts';
import { finishChange } from '../store/write/finish-change';
import { setLocalIdentity } from '../store/write/local-message';
import { finishFiling } from '../store/write/outbox';
import { backoffChange, claimChange } from '../store/write/pending-queue';
import { settleCopy, settleDiscard } from '../store/write/settle-copy';
import type { RunnerContext } from './runner-context';
import { checkAt } from './submit/file-copy';

/** A copy whose mailbox does not exist upstream yet is looked at again after this. */
const LOOK_AGAIN_MS = 5_000;

/** What is committed before the first byte of a copy leaves (rule 5); without the bytes, which are made or read again. */
export interface StoredCopy {
  readonly copy: {
    readonly request: Omit<AppendRequest, 'source' | 'keywords'> & { readonly size: number };
    readonly mailboxId: MailboxRow['id'];
    readonly messageId: MessageId;
    readonly wire: WireRecord;
    /** Of a draft: `savedAt` of the revision. */
    readonly savedAt: number | null;
  };
}

interface Planned {
  readonly request: AppendRequest;
  readonly mailbox: MailboxRow;
  readonly messageId: MessageId;
  readonly draft: {
    readonly identity: string | null;
    readonly date: number;
    readonly savedAt: number;
  } | null;
}

type Plan = Planned | 'settle' | 'wait' | Failure;

/**
 * Puts a message of ours upstream: a sent copy, or the newest revision of a draft in the place of the one before (SYNC
 * 7.3, "append", "save draft"). What is about to be sent is committed before it leaves. `onFailure` decides about the rest.
 */
export async function pushCopy(
  context: RunnerContext,
  change: CopyDueChange,
  signal: AbortSignal,
  onFailure: (failure: Failure) => Outcome<null>,
): Promise<Outcome<null>> {
  const { store, connector, clock } = context;
  if (change.kind === 'discard-draft') return discardDraft(context, change, signal, onFailure);
  const planned = await plan(context, change);
  if (planned === 'settle') {
    store.writeTx('server', (tx) => {
      finishChange(tx, change.id, 'settled', null);
      if (change.kind === 'append') finishFiling(tx, change.args.outboxId, null, null);
    });
    return ok(null);
  }
  if (planned === 'wait') return later(context, change);
  if (!('request' in planned)) return onFailure(planned);
  const { request, mailbox, messageId, draft } = planned;
  const wire = await connector.prepareAppend(request, signal);
  if (!wire.ok) return onFailure(wire.failure);
  const { source, keywords, ...rest } = request;
  const stored: StoredCopy = {
    copy: {
      request: { ...rest, size: source.length },
      mailboxId: mailbox.id,
      messageId,
      wire: wire.value,
      savedAt: draft?.savedAt ?? null,
    },
  };
  const isClaimed = store.writeTx('server', (tx) => {
    // A pull may see the copy before we hear of it: it must know whose it is.
    if (draft) setLocalIdentity(tx, messageId, { ...draft, size: source.length });
    return claimChange(tx, change.id, context.runId, stored);
  });
  if (!isClaimed) return ok(null);
  const report = await connector.append(request, wire.value, signal);
  if (!report.ok) return onFailure(report.failure);
  context.totals.pushed += 1;
  settleAppended(context, change, stored, report.value, clock.now());
  return ok(null);
}

/** Looks for a copy whose answer was lost: bound when it is there, sent again when it is not. */
export async function probeCopy(
  context: RunnerContext,
  change: CopyDueChange,
  signal: AbortSignal,
): Promise<Outcome<'done' | 'repeat'>> {
  const { store, connector, clock } = context;
  const stored = change.wire as StoredCopy | null;
  // Removing what is not there any more is harmless to repeat.
  if (change.kind === 'discard-draft' || !stored?.copy) return repeat(context, change);
  const { request, wire } = stored.copy;
  const found = await connector.probeAppend(
    { ...request, source: new Uint8Array(request.size), keywords: [] },
    wire,
    signal,
  );
  if (!found.ok) return found;
  if (found.value === null) return repeat(context, change);
  const { replaces, remoteKey } = request;
  if (replaces) {
    const removed = await removeRemote(context, remoteKey, [replaces], signal);
    if (!removed.ok) return removed;
  }
  settleAppended(context, change, stored, found.value, clock.now());
  context.totals.pushed += 1;
  context.totals.probedDone += 1;
  return ok('done');

  function repeat({ totals }: RunnerContext, { id }: CopyDueChange): Outcome<'repeat'> {
    store.writeTx('server', (tx) =>
      backoffChange(tx, id, { notBefore: clock.now(), failure: null, countAttempt: false }),
    );
    totals.probedNotDone += 1;
    return ok('repeat');
  }
}

function settleAppended(
  { store }: RunnerContext,
  change: CopyDueChange,
  { copy }: StoredCopy,
  report: AppendReport,
  now: number,
): void {
  store.writeTx('server', (tx) => {
    settleCopy(tx, change.id, {
      messageId: copy.messageId,
      mailboxId: copy.mailboxId,
      uid: report.uid,
      uidValidity: report.uidValidity,
      keywords: change.kind === 'save-draft' ? [DRAFT, SEEN] : [SEEN],
      replaces: change.kind === 'save-draft',
    });
    if (change.kind === 'save-draft') {
      const draft = getDraft(tx.db, change.args.draftId);
      // Files that came meanwhile are not in it: the next save has them.
      if (draft && draft.savedAt === copy.savedAt)
        setDraftUpstream(tx, change.args.draftId, copy.request.draft?.revision ?? null);
    }
    if (change.kind === 'append') finishFiling(tx, change.args.outboxId, report.uid, checkAt(now));
  });
}

async function plan({ store, accountId, draftSource }: RunnerContext, change: CopyDueChange): Promise<Plan> {
  const db = store.read;
  const [target] = change.targets;
  if (!target) return 'settle';
  if (change.kind === 'append') {
    const entry = getOutbox(db, change.args.outboxId);
    // Filed by the server itself meanwhile, or taken out of the outbox by hand.
    if (!entry || entry.filedHash === null || entry.filedUid !== null) return 'settle';
    const source = readBlob(db, store.blobFiles, entry.filedHash);
    if (!source) return { kind: 'internal', message: 'The sent message is not on this computer any more.' };
    const mailbox = livingMailbox(db, change.args.toMailboxId) ?? mailboxByRole(db, accountId, 'sent');
    if (!mailbox?.remoteKey) return 'wait';
    return {
      mailbox,
      messageId: target.messageId,
      draft: null,
      request: {
        remoteKey: mailbox.remoteKey,
        source,
        messageId: entry.messageIdHeader,
        keywords: [SEEN],
        receivedAt: entry.date,
        draft: null,
        replaces: null,
      },
    };
  }
  if (change.kind === 'discard-draft') return 'settle';
  const made = await draftSource(change.args.draftId);
  if (!made.ok) return made.failure;
  if (made.value === null) return 'settle';
  const { source, messageId, token, revision, savedAt, identity, date } = made.value;
  const mailbox = mailboxByRole(db, accountId, 'drafts');
  if (!mailbox?.remoteKey) return 'wait';
  const old = placementsOf(db, target.messageId).find(
    (placement) => placement.mailboxId === mailbox.id && placement.verified,
  );
  return {
    mailbox,
    messageId: target.messageId,
    draft: { identity, date, savedAt },
    request: {
      remoteKey: mailbox.remoteKey,
      source,
      messageId,
      keywords: [DRAFT, SEEN],
      receivedAt: date,
      draft: { token, revision },
      // By number alone: the identity is already that of the new one when this is repeated.
      replaces: old ? { uid: old.uid, uidValidity: old.uidValidity, identity: null } : null,
    },
  };
}

function livingMailbox(db: RunnerContext['store']['read'], id: MailboxRow['id']): MailboxRow | null {
  const mailbox = getMailbox(db, id);
  return mailbox?.tombstonedAt === null ? mailbox : null;
}

function later({ store, clock }: RunnerContext, change: CopyDueChange): Outcome<null> {
  const notBefore = clock.now() + LOOK_AGAIN_MS;
  store.writeTx('server', (tx) =>
    backoffChange(tx, change.id, { notBefore, failure: null, countAttempt: false }),
  );
  return ok(null);
}

/** Every revision with the token goes, also those whose UID we never learned (SYNC-305). */
async function discardDraft(
  context: RunnerContext,
  change: Extract<CopyDueChange, { kind: 'discard-draft' }>,
  signal: AbortSignal,
  onFailure: (failure: Failure) => Outcome<null>,
): Promise<Outcome<null>> {
  const { store, connector, accountId } = context;
  const [target] = change.targets;
  const mailbox = mailboxByRole(store.read, accountId, 'drafts');
  if (target && mailbox?.remoteKey) {
    const known = placementsOf(store.read, target.messageId)
      .filter((placement) => placement.mailboxId === mailbox.id && placement.verified)
      .map(({ uid, uidValidity }): RemoteMessage => ({ uid, uidValidity, identity: null }));
    const found = await connector.findDrafts(mailbox.remoteKey, change.args.token, signal);
    if (!found.ok) return onFailure(found.failure);
    const all = new Map([...known, ...found.value].map((message) => [message.uid, message]));
    const removed = await removeRemote(context, mailbox.remoteKey, [...all.values()], signal);
    if (!removed.ok) return onFailure(removed.failure);
  }
  context.totals.pushed += 1;
  store.writeTx('server', (tx) => {
    if (target) settleDiscard(tx, change.id, target.messageId);
    else finishChange(tx, change.id, 'settled', null);
  });
  return ok(null);
}

/** Harmless to repeat: what is gone already counts as done (SYNC 7.3, "delete for good"). */
async function removeRemote(
  { connector }: RunnerContext,
  remoteKey: string,
  messages: readonly RemoteMessage[],
  signal: AbortSignal,
): Promise<Outcome<null>> {
  if (messages.length === 0) return ok(null);
  const action = {
    kind: 'delete' as const,
    remoteKey,
    messages: messages.map(({ uid, uidValidity, identity }) => ({ uid, uidValidity, identity })),
  };
  const wire = await connector.preparePush(action, signal);
  if (!wire.ok) return wire;
  const report = await connector.push(action, wire.value, signal);
  if (!report.ok) return report;
  const failed = report.value.items.find(({ result }) => result === 'failed');
  return failed?.result === 'failed' ? fail(failed.failure) : ok(null);
}
