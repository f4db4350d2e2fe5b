import type { AccountId, MailboxId, MailboxRole } from '../../src/shared/domain';
import type {
  HeaderFacts,
  ImapCheckpoint,
  ObservedMailbox,
  ObservedMessage,
} from '../../src/shared/observation';
import type { Store } from '../../src/sync/store/open-store';
import { packMessage } from '../../src/sync/store/pack-message';
import { listMailboxes } from '../../src/sync/store/read/mailboxes';
import { insertAccount } from '../../src/sync/store/write/accounts';
import { applyMailboxListing } from '../../src/sync/store/write/apply-listing';
import { type Applied, applyObservations } from '../../src/sync/store/write/apply-observations';
import type { ReconcilePlan } from '../../src/sync/store/write/reconcile-plan';

/** Facts for tests: everything has a default, a test names only what it is about. */
export function headers(facts: Partial<HeaderFacts> = {}): HeaderFacts {
  return {
    subject: 'Hello',
    from: [{ name: 'Ada', address: 'ada@example.org' }],
    sender: [],
    replyTo: [],
    to: [{ name: '', address: 'me@example.org' }],
    cc: [],
    bcc: [],
    date: null,
    messageId: null,
    inReplyTo: [],
    references: [],
    listId: null,
    listUnsubscribe: null,
    listUnsubscribePost: null,
    autoSubmitted: null,
    precedence: null,
    importance: null,
    authenticationResults: [],
    dispositionNotificationTo: null,
    contentType: null,
    unreadable: false,
    ...facts,
  };
}

export function observed(
  uid: number,
  facts: Partial<Omit<ObservedMessage, 'headers'>> & { readonly headers?: Partial<HeaderFacts> } = {},
): ObservedMessage {
  return {
    uid,
    keywords: [],
    modseq: null,
    receivedAt: 1_600_000_000_000 + uid * 60_000,
    size: 1_000,
    identity: null,
    remoteThreadId: null,
    hasAttachment: false,
    parts: [],
    ...facts,
    headers: headers(facts.headers),
  };
}

export function mailbox(path: string, role: MailboxRole | null = null): ObservedMailbox {
  return {
    remoteKey: path,
    remoteId: null,
    path,
    delimiter: '/',
    role,
    selectable: true,
    subscribed: true,
    namespace: 'personal',
    status: null,
  };
}

export function checkpoint(uidValidity = '1', facts: Partial<ImapCheckpoint> = {}): ImapCheckpoint {
  return {
    protocol: 'imap',
    uidValidity,
    uidNext: 1,
    highestModseq: null,
    doneRanges: [],
    backfillComplete: true,
    flagScanUid: 0,
    ...facts,
  };
}

export interface TestAccount {
  readonly accountId: AccountId;
  readonly inbox: MailboxId;
  readonly archive: MailboxId;
  readonly trash: MailboxId;
  readonly junk: MailboxId;
  readonly sent: MailboxId;
  readonly work: MailboxId;
}

/** An account as after its first listing. */
export function addAccount(
  store: Store,
  protocol: 'imap' | 'local' = 'imap',
  without: readonly MailboxRole[] = [],
): TestAccount {
  const listing = [
    mailbox('INBOX', 'inbox'),
    mailbox('Archive', 'archive'),
    mailbox('Trash', 'trash'),
    mailbox('Junk', 'junk'),
    mailbox('Sent', 'sent'),
    mailbox('Work'),
  ].filter(({ role }) => role === null || !without.includes(role));
  const accountId = store.writeTx('user', (tx) => {
    const id = insertAccount(tx, {
      protocol,
      name: 'Test',
      email: 'me@example.org',
      hue: 0,
      settings: null,
      now: tx.nowMs,
    });
    applyMailboxListing(tx, id, { mailboxes: listing, complete: true }, tx.nowMs);
    return id;
  });
  const boxes = listMailboxes(store.read, accountId);
  const idOf = (path: string): MailboxId => boxes.find((box) => box.path === path)?.id ?? (0 as MailboxId);
  return {
    accountId,
    inbox: idOf('INBOX'),
    archive: idOf('Archive'),
    trash: idOf('Trash'),
    junk: idOf('Junk'),
    sent: idOf('Sent'),
    work: idOf('Work'),
  };
}

/** Stores facts about a mailbox as one finished batch. */
export function observe(
  store: Store,
  mailboxId: MailboxId,
  plan: Partial<Omit<ReconcilePlan, 'insert'>> & {
    readonly insert?: readonly ObservedMessage[];
    readonly uidValidity?: string;
    readonly checkpoint?: ImapCheckpoint;
  },
): Applied {
  const uidValidity = plan.uidValidity ?? '1';
  return store.writeTx('server', (tx) =>
    applyObservations(
      tx,
      mailboxId,
      {
        newValidity: null,
        flags: [],
        remove: [],
        dropUnverified: false,
        ...plan,
        insert: plan.insert?.map(packMessage) ?? [],
        uidValidity,
        checkpoint: plan.checkpoint ?? checkpoint(uidValidity),
      },
      tx.nowMs,
    ),
  );
}
