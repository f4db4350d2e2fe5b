import { join } from 'node:path';
import { type AccountId, type MailboxId, type MessageId, SEEN } from '../../src/shared/domain';
import type { Checkpoint, ObservedMailbox, ObservedMessage } from '../../src/shared/observation';
import { bodyFacts, observeSource } from '../../src/sync/mime/observe-source';
import { parseMessage } from '../../src/sync/mime/parse-message';
import { generateMessage } from '../../src/sync/mime/sample/generate-message';
import { createSystemClock } from '../../src/sync/ports/system-clock';
import { openStore, type Store } from '../../src/sync/store/open-store';
import { packMessage } from '../../src/sync/store/pack-message';
import { mailboxByRole } from '../../src/sync/store/read/mailboxes';
import { insertAccount, updateAccount } from '../../src/sync/store/write/accounts';
import { applyMailboxListing } from '../../src/sync/store/write/apply-listing';
import { applyObservations } from '../../src/sync/store/write/apply-observations';
import { storeBodies } from '../../src/sync/store/write/store-bodies';

/** Messages that are really generated; the others are these again under other ids and dates. */
const DISTINCT = 4_000;
/** Newest messages that have their text here, as after some minutes of a first sync. */
const WITH_BODY = 2_000;
/** Rows per transaction, as a first sync on this machine chooses them. */
const BATCH = 200;
const NEWEST_MS = Date.UTC(2026, 0, 15, 12);
const STEP_MS = 7 * 60_000;
const VALIDITY = '1';
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface LargeProfile {
  readonly dir: string;
  readonly databasePath: string;
  readonly inbox: MailboxId;
  /** Rows per second that went in, and bodies per second. */
  readonly rowsPerSecond: number;
  readonly bodiesPerSecond: number;
}

/** A paused IMAP account with `count` messages in its inbox, as a first sync would have left it. */
export function buildLargeProfile(dir: string, count: number): LargeProfile {
  const clock = createSystemClock();
  const databasePath = join(dir, 'homeport.sqlite');
  const store = openStore(databasePath, { clock, logger: QUIET });
  const accountId = addAccount(store, clock.now());
  store.writeTx('server', (tx) =>
    applyMailboxListing(tx, accountId, { mailboxes: MAILBOXES, complete: true }, clock.now()),
  );
  const inbox = mailboxByRole(store.read, accountId, 'inbox')?.id;
  if (inbox === undefined) throw new Error('the inbox was not listed');

  const pattern = Array.from({ length: DISTINCT }, (_, index) => generateMessage(index, 7, NEWEST_MS));
  const facts = pattern.map(({ raw, flags, date }) =>
    observeSource(raw, { uid: 1, keywords: flags, receivedAt: date }),
  );
  const newest: MessageId[] = [];
  let rowsMs = 0;
  for (let from = 0; from < count; from += BATCH) {
    const indexes = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => from + at);
    const messages = indexes.map((index) =>
      again((facts[index % DISTINCT] as (typeof facts)[number]).message, index, count - index),
    );
    const plan = {
      uidValidity: VALIDITY,
      newValidity: null,
      flags: [],
      remove: [],
      dropUnverified: false,
    };
    const checkpoint = checkpointAt(count, from + BATCH >= count);
    const startedAt = performance.now();
    const { added } = store.writeTx('server', (tx) =>
      applyObservations(tx, inbox, { ...plan, insert: messages.map(packMessage), checkpoint }, clock.now()),
    );
    rowsMs += performance.now() - startedAt;
    if (newest.length < WITH_BODY) newest.push(...added.slice(0, WITH_BODY - newest.length));
  }
  let bodiesMs = 0;
  for (const [index, messageId] of newest.entries()) {
    const raw = pattern[index % DISTINCT]?.raw as Buffer;
    const startedAt = performance.now();
    const body = bodyFacts(parseMessage(raw), raw);
    store.writeTx('server', (tx) => storeBodies(tx, [{ messageId, body }]));
    bodiesMs += performance.now() - startedAt;
  }
  store.write.pragma('wal_checkpoint(TRUNCATE)');
  store.close();
  return {
    dir,
    databasePath,
    inbox,
    rowsPerSecond: (count / rowsMs) * 1000,
    bodiesPerSecond: (newest.length / bodiesMs) * 1000,
  };
}

function addAccount(store: Store, now: number): AccountId {
  return store.writeTx('user', (tx) => {
    const id = insertAccount(tx, {
      protocol: 'imap',
      name: 'Large',
      email: 'large@example.org',
      hue: 0,
      now,
      settings: {
        name: 'Large',
        email: 'large@example.org',
        // The discard port: nobody answers there, and a paused account does not ask.
        imap: { host: '127.0.0.1', port: 9, security: 'none', user: 'large' },
        caPem: null,
        auth: 'password',
        secretRef: 'none',
        pinned: [],
      },
    });
    updateAccount(tx, id, { paused: true });
    return id;
  });
}

/** The same letter at another time: own ids, so that threads stay as long as they were. */
function again(message: ObservedMessage, index: number, uid: number): ObservedMessage {
  const round = Math.floor(index / DISTINCT);
  const rename = (id: string): string => `${round}.${id}`;
  const { headers } = message;
  return {
    ...message,
    uid,
    keywords:
      index < 500 || index % 20 > 0 ? message.keywords : message.keywords.filter((word) => word !== SEEN),
    identity: message.identity === null ? null : rename(message.identity),
    receivedAt: NEWEST_MS - index * STEP_MS,
    headers: {
      ...headers,
      date: NEWEST_MS - index * STEP_MS,
      messageId: headers.messageId === null ? null : rename(headers.messageId),
      inReplyTo: headers.inReplyTo.map(rename),
      references: headers.references.map(rename),
    },
  };
}

function checkpointAt(count: number, backfillComplete: boolean): Checkpoint {
  return {
    protocol: 'imap',
    uidValidity: VALIDITY,
    uidNext: count + 1,
    highestModseq: null,
    doneRanges: [],
    backfillComplete,
    flagScanUid: 0,
  };
}

const MAILBOXES: readonly ObservedMailbox[] = (
  [
    ['INBOX', 'inbox'],
    ['Archive', 'archive'],
    ['Trash', 'trash'],
    ['Sent', 'sent'],
  ] as const
).map(([path, role]) => ({
  remoteKey: path,
  remoteId: null,
  path,
  delimiter: '/',
  role,
  selectable: true,
  subscribed: true,
  namespace: 'personal',
  status: null,
}));
