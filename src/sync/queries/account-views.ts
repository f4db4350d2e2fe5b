import type { AccountView, ListView, MailboxView } from '../../shared/contract/views';
import { type AccountId, type ListId, SMART_LISTS } from '../../shared/domain';
import type { ReadableDb } from '../store/handles';
import { listAccounts } from '../store/read/accounts';
import { unreadDuplicates } from '../store/read/duplicates';
import { screenMailboxes } from '../store/read/mailbox-screen';
import { mailboxByRole } from '../store/read/mailboxes';
import { outboxCounts } from '../store/read/outbox';
import { accountCounters, isBackfillComplete, type ListRecord, listAllCounters } from '../store/read/panels';
import { readPreferences } from '../store/read/settings';
import { countSnoozed } from '../store/read/snoozes';
import { downloadsPausedUntil, lastAudit, readQuota } from '../store/read/upkeep';
import { failureView } from './failure-view';

export function accountViews(db: ReadableDb): AccountView[] {
  return listAccounts(db).map((account) => ({
    id: account.id,
    protocol: account.protocol,
    name: account.name,
    email: account.email,
    hue: account.hue,
    position: account.position,
    state: account.state,
    failure: failureView(account.failure),
    lastSyncedAt: account.lastSyncedAt,
    watch: account.watch,
    verifiedAt: lastAudit(db, account.id),
    counters: {
      ...accountCounters(db, account.id),
      drafts: draftsOf(db, account.id),
      outbox: outboxOf(db, account.id),
      snoozed: countSnoozed(db, account.id),
    },
    quota: readQuota(db, account.id)?.resources ?? [],
    downloadsPausedUntil: downloadsPausedUntil(db, account.id),
    pinnedCertificates: account.settings?.pinned ?? [],
    oauth: account.settings?.oauth ?? null,
    server: account.settings?.imap ?? null,
    submission: account.settings?.submission ?? null,
  }));
}

function outboxOf(db: ReadableDb, accountId: AccountId): number {
  const { waiting, attention } = outboxCounts(db, accountId);
  return waiting + attention;
}

function draftsOf(db: ReadableDb, accountId: AccountId): number {
  const drafts = mailboxByRole(db, accountId, 'drafts');
  return drafts ? (listAllCounters(db).find((list) => list.list_id === drafts.id)?.messages ?? 0) : 0;
}

/** Every mailbox that is shown, as pending changes leave it: not those whose account is going, nor those that left the list. */
export function mailboxViews(db: ReadableDb): MailboxView[] {
  const counters = new Map(listAllCounters(db).map((list) => [list.list_id, list]));
  return listAccounts(db)
    .filter(({ state }) => state !== 'removing')
    .flatMap((account) =>
      screenMailboxes(db, account.id).map((mailbox) => ({
        id: mailbox.id,
        accountId: account.id,
        parentId: mailbox.parentId,
        path: mailbox.path,
        name: mailbox.name,
        role: mailbox.role,
        selectable: mailbox.selectable,
        delimiter: mailbox.delimiter,
        subscribed: mailbox.subscribed,
        total: counters.get(mailbox.id)?.messages ?? 0,
        unread: counters.get(mailbox.id)?.unread_messages ?? 0,
        threads: counters.get(mailbox.id)?.threads ?? 0,
        unreadThreads: counters.get(mailbox.id)?.unread_threads ?? 0,
        serverTotal: mailbox.serverTotal,
        serverUnread: mailbox.serverUnseen,
        stored: mailbox.storedCount,
        bodies: mailbox.bodyCount,
        indexed: mailbox.indexedBodies,
        policy: mailbox.policy,
        ageLimitDays: mailbox.ageLimitDays,
        lastSyncedAt: mailbox.lastSyncedAt,
        labelsHere: mailbox.labelsHere,
        verifiedAt: mailbox.verifiedAt,
        complete: account.protocol === 'local' || isBackfillComplete(db, mailbox.id),
      })),
    );
}

/** Counters of every list; a smart list nothing was ever in is there with zeros. */
export function listViews(db: ReadableDb): ListView[] {
  const stored = new Map(listAllCounters(db).map((list) => [list.list_id, list]));
  const empty = Object.values(SMART_LISTS).filter((id) => !stored.has(id));
  const views = [...empty.map((id) => view({ ...NOTHING, list_id: id })), ...[...stored.values()].map(view)];
  if (!readPreferences(db).countDuplicatesOnce || listAccounts(db).length < 2) return views;
  const duplicates = unreadDuplicates(db);
  return views.map((list) =>
    (list.id as number) === SMART_LISTS.inbox
      ? { ...list, unreadMessages: Math.max(0, list.unreadMessages - duplicates) }
      : list,
  );
}

const NOTHING: Omit<ListRecord, 'list_id'> = {
  mode: 'threads',
  rows: 0,
  unread_rows: 0,
  unread_messages: 0,
  messages: 0,
  threads: 0,
  unread_threads: 0,
};

function view(list: ListRecord): ListView {
  return {
    id: list.list_id as ListId,
    mode: list.mode,
    rows: list.rows,
    unreadRows: list.unread_rows,
    unreadMessages: list.unread_messages,
  };
}
