import { z } from 'zod';
import {
  ChangeId,
  GestureId,
  Keyword,
  ListId,
  MailboxId,
  MessageId,
  SettableKeyword,
  SNOOZE_UNTIL,
} from '../domain';
import { MAX_QUERY, SearchScope } from './search-views';
import { KeptItems, ListFilter } from './views';

/** What an intent concerns. A whole list is frozen by the engine at that instant (SYNC-252). */
export const MutationTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('messages'), messageIds: z.array(MessageId).min(1).max(10_000) }),
  /** Rows of a list: with a thread row, the messages of the thread that are in that list (all of them for smart lists). */
  z.strictObject({
    kind: z.literal('rows'),
    listId: ListId,
    itemIds: z.array(z.int().positive()).min(1).max(10_000),
  }),
  z.strictObject({
    kind: z.literal('list'),
    listId: ListId,
    exceptItemIds: z.array(z.int().positive()).max(10_000),
    /** Only the rows of the list as it is shown: those that match, and those that were kept (see `lists.page`). */
    filter: ListFilter.nullable().optional(),
    keep: KeptItems.optional(),
  }),
  /** Everything a search finds at that instant but some (APP-171), as `search.page` understands the query. */
  z.strictObject({
    kind: z.literal('search'),
    query: z.string().max(MAX_QUERY),
    scope: SearchScope,
    includeTrashAndJunk: z.boolean(),
    except: z.array(MessageId).max(10_000),
  }),
]);
export type MutationTarget = z.infer<typeof MutationTarget>;

/** What a user or device may ask for. The vocabulary of `mutations/apply-mutation`, the one door. */
export const Mutation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keywords'),
    add: z.array(SettableKeyword).max(50).readonly(),
    remove: z.array(Keyword).max(50).readonly(),
  }),
  /** `fromMailboxId`: the mailbox the user looked at; null = every mailbox the message is in but sent and drafts. */
  z.strictObject({ kind: z.literal('move'), toMailboxId: MailboxId, fromMailboxId: MailboxId.nullable() }),
  z.strictObject({ kind: z.literal('archive') }),
  z.strictObject({ kind: z.literal('trash') }),
  z.strictObject({ kind: z.literal('junk') }),
  z.strictObject({ kind: z.literal('not-junk') }),
  /** Put off until an instant (milliseconds UTC) or one of SNOOZE_UNTIL; what is past comes back at once (APP-163). */
  z.strictObject({ kind: z.literal('snooze'), until: z.int().positive().max(SNOOZE_UNTIL.answered) }),
  /** No longer put off: back where it was, as it was. */
  z.strictObject({ kind: z.literal('unsnooze') }),
  /** What is due comes back as unread, with a note; everything else stays. Asked for by the engine's clock. */
  z.strictObject({ kind: z.literal('wake') }),
  /** For good: only the memberships the user saw; allowed from trash and junk, and by explicit command. */
  z.strictObject({ kind: z.literal('delete') }),
  /** Everything a trash or junk folder holds, for good; sent 10 s later, so that it can be undone until then (APP-034). */
  z.strictObject({ kind: z.literal('empty') }),
]);
export type Mutation = z.infer<typeof Mutation>;

export const MutationResult = z.object({
  gestureId: GestureId,
  changeIds: z.array(ChangeId),
  /** Messages the gesture really changed; 0 = nothing to do. */
  affected: z.int(),
});
export type MutationResult = z.infer<typeof MutationResult>;

export const UndoResult = z.object({
  gestureId: GestureId,
  restored: z.int(),
  /** Messages someone else changed meanwhile: left alone (SYNC-245). */
  skipped: z.int(),
});
export type UndoResult = z.infer<typeof UndoResult>;
