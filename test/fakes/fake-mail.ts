import type { AccountView, MailboxView } from '../../src/shared/contract/views';
import { AccountId, FLAGGED, MailboxId, type MailboxRole, SEEN } from '../../src/shared/domain';
import { LABELS, PEOPLE, SNIPPETS, SUBJECTS } from './fake-words';

/** One message; everything else about it follows from its id by function. */
export interface FakeMessage {
  readonly id: number;
  readonly threadId: number;
  readonly accountId: number;
  mailboxIds: number[];
  /** Put off until then. */
  snoozedUntil?: number | null;
  readonly date: number;
  readonly from: number;
  readonly keywords: Set<string>;
}

export interface FakeMail {
  readonly accounts: AccountView[];
  readonly mailboxes: MailboxView[];
  readonly messages: Map<number, FakeMessage>;
}

const DAY_MS = 86_400_000;

/** A number in [0, below) that depends on `seed` and `salt` only. */
export function pick(seed: number, salt: number, below: number): number {
  let hash = Math.imul(seed ^ (salt * 0x9e37_79b1), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

const FOLDERS: readonly (readonly [path: string, role: MailboxRole | null])[] = [
  ['INBOX', 'inbox'],
  ['Drafts', 'drafts'],
  ['Sent', 'sent'],
  ['Archive', 'archive'],
  ['Archive/2025', null],
  ['Junk', 'junk'],
  ['Trash', 'trash'],
  ['Projects', null],
  ['Projects/Harbour', null],
  ['Projects/Harbour/Invoices', null],
  ['Newsletters', null],
  ['領収書', null],
  ['Someday', null],
];

/** Three accounts with nested folders and `size` messages in conversations, newest at `now`. */
export function generateMail(size: number, now: number): FakeMail {
  const accounts = [
    account(1, 'Work', 'anna.maier@harbour.example', 0, now),
    account(2, 'Home', 'anna@maier.example', 3, now),
    account(3, 'Studio', 'hello@studio.example', 2, now),
  ];
  const mailboxes = accounts.flatMap(({ id }) =>
    FOLDERS.map(([path, role], index) => mailbox(id, id * 100 + index, path, role, now)),
  );
  const messages = new Map<number, FakeMessage>();
  let threadId = 0;
  for (let id = 1; id <= size; ) {
    threadId += 1;
    const accountId = pick(threadId, 1, 10) < 5 ? 1 : pick(threadId, 1, 10) < 8 ? 2 : 3;
    const length = threadId === 3 ? 12 : Math.max(1, pick(threadId, 2, 7) - 2);
    for (let n = 0; n < length && id <= size; n += 1, id += 1) {
      messages.set(id, message(id, threadId, accountId, n, now));
    }
  }
  return { accounts, mailboxes, messages };
}

function message(id: number, threadId: number, accountId: number, n: number, now: number): FakeMessage {
  const age = threadId ** 1.25 * 40 + n * 47;
  const isUnread = threadId < 400 && n === 0 && pick(id, 3, 3) === 0;
  const keywords = new Set<string>(isUnread ? [] : [SEEN]);
  if (pick(id, 4, 17) === 0) keywords.add(FLAGGED);
  if (pick(id, 5, 9) === 0) keywords.add(LABELS[pick(id, 6, LABELS.length)] ?? '');
  const fromMe = n % 3 === 1;
  const role = threadId % 4 === 0 ? 3 : threadId % 11 === 0 ? 8 + pick(threadId, 7, 3) : 0;
  return {
    id,
    threadId,
    accountId,
    mailboxIds: [accountId * 100 + (fromMe ? 2 : role)],
    date: Math.round(now - Math.min(age * 60_000, 2000 * DAY_MS)),
    from: fromMe ? -1 : pick(threadId + n, 8, PEOPLE.length),
    keywords,
  };
}

function account(id: number, name: string, email: string, hue: number, now: number): AccountView {
  return {
    id: AccountId.parse(id),
    protocol: 'imap',
    name,
    email,
    hue,
    position: id,
    state: 'ok',
    failure: null,
    lastSyncedAt: now - 90_000,
    watch: 'idle',
    verifiedAt: now - 7 * 3_600_000,
    counters: { total: 0, unread: 0, threads: 0, unreadThreads: 0, drafts: 0, outbox: 0, snoozed: 0 },
    quota: [{ kind: 'storage', used: 3_900_000_000, limit: 5_000_000_000 }],
    downloadsPausedUntil: null,
    pinnedCertificates: [],
    server: { host: `imap.${email.split('@')[1]}`, port: 993, security: 'tls', user: email },
  };
}

function mailbox(
  accountId: AccountId,
  id: number,
  path: string,
  role: MailboxRole | null,
  now: number,
): MailboxView {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null;
  const parentIndex = FOLDERS.findIndex(([candidate]) => candidate === parent);
  return {
    id: MailboxId.parse(id),
    accountId,
    parentId: parentIndex < 0 ? null : MailboxId.parse(accountId * 100 + parentIndex),
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    role,
    selectable: true,
    delimiter: '/',
    subscribed: true,
    total: 0,
    unread: 0,
    threads: 0,
    unreadThreads: 0,
    serverUnread: null,
    serverTotal: 0,
    stored: 0,
    bodies: 0,
    indexed: 0,
    policy: 'everything',
    ageLimitDays: null,
    lastSyncedAt: now - 90_000,
    complete: true,
    labelsHere: false,
    verifiedAt: now - 7 * 3_600_000,
  };
}

export function subjectOf({ threadId }: FakeMessage): string {
  return SUBJECTS[pick(threadId, 9, SUBJECTS.length)] ?? '';
}

export function snippetOf({ id }: FakeMessage): string {
  return SNIPPETS[pick(id, 10, SNIPPETS.length)] ?? '';
}

export function senderOf(message: FakeMessage, accounts: readonly AccountView[]) {
  if (message.from >= 0) return PEOPLE[message.from] ?? { name: '', address: 'unknown@example.org' };
  const own = accounts.find(({ id }) => id === message.accountId);
  return { name: 'Anna Maier', address: own?.email ?? '' };
}
