import type { METHODS, MethodName, MethodOutput, MethodParsedInput } from '../../shared/contract/methods';
import type { MessageId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import type { Clock } from '../ports/clock';
import { type BlobFiles, openBlobFiles } from '../store/blob-files';
import type { ReadableDb } from '../store/handles';
import type { WantedOrder } from '../store/orders/list-order';
import { listAccounts } from '../store/read/accounts';
import { readSource } from '../store/read/bodies';
import { completePeople } from '../store/read/complete-people';
import { countSince } from '../store/read/count-since';
import { draftView, listRevisions } from '../store/read/drafts';
import { listIdentities } from '../store/read/identities';
import { knownLabels } from '../store/read/labels';
import { messageNamed } from '../store/read/message-named';
import { getMessage } from '../store/read/messages';
import { listRemoteSenders, readPreferences } from '../store/read/settings';
import { checkIntegrity } from '../store/repair';
import { accountViews, listViews, mailboxViews } from './account-views';
import { bodyView } from './body-view';
import { draftSummaries, outboxViews } from './compose-views';
import { historyView } from './history-view';
import { listPage } from './list-page';
import { messageList, messageView } from './message-views';
import { missedTopics } from './missed-topics';
import { nextGestures } from './next-gestures';
import { createOrderWishes } from './order-wishes';
import { pendingViews, syncLogViews } from './panel-views';
import { previewAttachment } from './preview-attachment';
import { type ContentReader, createContentReader } from './read-content';
import { searchPage, searchRows } from './search-page';
import { searchSuggest } from './search-suggest';
import { threadView } from './thread-view';

type ReaderMethod = {
  [M in MethodName]: (typeof METHODS)[M]['place'] extends 'reader' ? M : never;
}[MethodName];

/** One function per method the reader answers; the type checker says when one is missing. */
export type QueryHandlers = {
  readonly [M in ReaderMethod]: (input: MethodParsedInput<M>) => Promise<Outcome<MethodOutput<M>>>;
};

/** Most bytes of a header block that are shown. */
const MAX_HEADER_BYTES = 256 * 1024;

/**
 * Answers what is on screen from snapshots of the database; never writes, never waits for the network. The clock is for
 * dates like "yesterday" and for what is due; `wantOrder` is told of orders that somebody who writes should lay out.
 */
export function createQueryHandlers(
  db: ReadableDb,
  clock: Pick<Clock, 'now'>,
  content: ContentReader = createContentReader(db),
  wantOrder: (order: WantedOrder) => void = () => undefined,
): QueryHandlers {
  const files = openBlobFiles(db.name);
  const wishes = createOrderWishes(db, clock, wantOrder);
  return {
    'integrity.check': async (how) => ok(checkIntegrity({ read: db, blobFiles: files }, how)),
    'accounts.list': async () => ok(accountViews(db)),
    'mailboxes.list': async () => ok(mailboxViews(db)),
    'lists.list': async () => ok(listViews(db)),
    'lists.page': async (input) => ok(listPage(db, input, wishes)),
    'lists.countSince': async ({ listId, since }) =>
      ok(db.transaction(() => countSince(db, listId as number, since))()),
    'labels.list': async () => ok(knownLabels(db)),
    'threads.get': async (input) => ok(threadView(db, input)),
    'messages.get': async ({ messageId }) => {
      const record = getMessage(db, messageId);
      return ok(record ? messageView(db, record) : null);
    },
    'messages.named': async ({ name }) => {
      const named = listAccounts(db).map(({ id }) => messageNamed(db, id, name));
      return ok(named.find((id) => id !== null) ?? null);
    },
    'messages.body': async ({ messageId, charset }) => ok(bodyView(db, files, messageId, charset)),
    'attachments.preview': async (input) => ok(previewAttachment(content, input)),
    'messages.headers': async ({ messageId }) => ok(rawHeaders(db, files, messageId)),
    'gestures.next': async () => ok(nextGestures(db)),
    'messages.history': async ({ messageId }) => ok(historyView(db, messageId)),
    'messages.list': async (input) => messageList(db, input),
    'pending.list': async (input) => ok(pendingViews(db, input)),
    'syncLog.list': async (input) => ok(syncLogViews(db, input)),
    'changes.missed': async ({ since }) => ok(missedTopics(db, since)),
    'search.page': async (input) => ok(searchPage(db, input, clock.now())),
    'search.rows': async (input) => ok(searchRows(db, input)),
    'search.suggest': async (input) => ok(searchSuggest(db, input)),
    'settings.get': async () => ok(readPreferences(db)),
    'identities.list': async () => ok(listIdentities(db)),
    'people.complete': async ({ text, limit }) => ok(completePeople(db, text, limit)),
    'drafts.get': async ({ draftId }) => ok(draftView(db, draftId)),
    'drafts.list': async () => ok(draftSummaries(db)),
    'drafts.revisions': async ({ draftId }) => ok(listRevisions(db, draftId)),
    'outbox.list': async () => ok(outboxViews(db, clock.now())),
    'remoteContent.list': async () => ok(listRemoteSenders(db)),
  };
}

/** The header block as sent, one character per byte; null while the source is not on this computer. */
function rawHeaders(db: ReadableDb, files: BlobFiles, messageId: MessageId): { raw: string } | null {
  const source = readSource(db, files, messageId);
  if (!source) return null;
  const head = source.subarray(0, MAX_HEADER_BYTES).toString('latin1');
  const end = /\r?\n\r?\n/.exec(head)?.index ?? head.length;
  return { raw: head.slice(0, end) };
}
