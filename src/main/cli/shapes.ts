import type {
  AccountView,
  FailureView,
  HistoryEntry,
  MailboxView,
  MessageView,
  PendingView,
  ProbeView,
  SyncLogView,
} from '../../shared/contract/views';
import { SNOOZE_UNTIL } from '../../shared/domain';
import { toCliError } from './failure-kinds';

/** The JSON of cli.md, "Shapes": ids are strings, dates ISO 8601 in UTC, sizes bytes, states the spec's words. */
export function isoDate(instant: number): string;
export function isoDate(instant: number | null): string | null;
export function isoDate(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** `{rows, next?}`: every list. */
export function rowsOf<T>(
  rows: readonly T[],
  next: string | null = null,
): { rows: readonly T[]; next?: string } {
  return next === null ? { rows } : { rows, next };
}

export function accountShape(account: AccountView) {
  return {
    id: String(account.id),
    name: account.name,
    email: account.email,
    protocol: account.protocol,
    state: accountState(account.state),
    lastSyncedAt: isoDate(account.lastSyncedAt),
    error: errorShape(account.failure),
  };
}

/** States that exist only while some work runs are that work. */
function accountState(
  state: AccountView['state'],
): 'ok' | 'syncing' | 'offline' | 'auth' | 'paused' | 'error' {
  switch (state) {
    case 'new':
    case 'probing':
    case 'removing':
      return 'syncing';
    case 'ok':
    case 'syncing':
    case 'offline':
    case 'auth':
    case 'paused':
    case 'error':
      return state;
  }
}

export function mailboxRef(mailbox: MailboxView) {
  return { id: String(mailbox.id), path: mailbox.path, role: mailbox.role };
}

export function messageRow(message: MessageView, mailboxes: ReadonlyMap<number, MailboxView>) {
  const known = message.mailboxIds.flatMap((id) => mailboxes.get(id) ?? []);
  return {
    id: String(message.id),
    threadId: String(message.threadId),
    accountId: String(message.accountId),
    mailboxes: known.map(mailboxRef),
    subject: message.subject,
    from: message.from,
    to: message.to,
    cc: message.cc,
    date: isoDate(message.date),
    keywords: message.keywords,
    size: message.size,
    hasAttachment: message.hasAttachment,
    messageId: message.messageId,
    pending: message.mark === 'none' ? null : message.mark,
    ...(message.snoozedUntil === null ? {} : { snoozedUntil: snoozedUntil(message.snoozedUntil) }),
  };
}

/** A time, or what ends the snooze in the word of `mutate snooze --until`. */
function snoozedUntil(until: number): string {
  switch (until) {
    case SNOOZE_UNTIL.online:
      return 'online';
    case SNOOZE_UNTIL.answered:
      return 'answered';
    default:
      return isoDate(until);
  }
}

export function pendingRow(change: PendingView) {
  return {
    id: String(change.id),
    accountId: String(change.accountId),
    state: change.state,
    kind: change.kind,
    title: change.title,
    origin: change.origin,
    messages: change.messages.map(({ id, subject, from }) => ({ id: String(id), subject, from })),
    targetCount: change.targetCount,
    createdAt: isoDate(change.createdAt),
    attempts: change.attempts,
    nextAttemptAt: isoDate(change.nextAttemptAt),
    error: errorShape(change.failure),
  };
}

export function historyRow(entry: HistoryEntry) {
  if (entry.kind === 'fact') {
    const { mailboxId, at, ...rest } = entry;
    return { ...rest, at: isoDate(at), mailboxId: String(mailboxId) };
  }
  const { at, finishedAt, failure, ...rest } = entry;
  return { ...rest, at: isoDate(at), finishedAt: isoDate(finishedAt), error: errorShape(failure) };
}

export function logRow(entry: SyncLogView) {
  const { id, accountId, startedAt, finishedAt, failure, ...rest } = entry;
  return {
    id: String(id),
    accountId: String(accountId),
    startedAt: isoDate(startedAt),
    finishedAt: isoDate(finishedAt),
    ...rest,
    error: errorShape(failure),
  };
}

export function probeShape(probe: ProbeView) {
  const steps = probe.steps.map(({ step, ok, detail, failure }) => ({
    name: step,
    ok,
    detail,
    error: errorShape(failure),
  }));
  return { ok: probe.verdict === 'ok', verdict: probe.verdict, steps };
}

export function errorShape(failure: FailureView | null) {
  return failure === null ? null : toCliError(failure);
}
