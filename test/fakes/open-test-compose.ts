import type { DraftContent, DraftView, OutboxView } from '../../src/shared/contract/compose-views';
import type { AccountId, MessageId } from '../../src/shared/domain';
import type { Outcome } from '../../src/shared/outcome';
import { ok } from '../../src/shared/outcome';
import { composeMethods } from '../../src/sync/api/compose-methods';
import type { ComposeDeps } from '../../src/sync/compose/compose-deps';
import { composeMessage } from '../../src/sync/mime/compose-message';
import type { Clock } from '../../src/sync/ports/clock';
import { outboxViews } from '../../src/sync/queries/compose-views';
import type { Store } from '../../src/sync/store/open-store';
import { createFakeRandom } from './fake-random';

/** The methods of writing and sending over a store, with words for tests. */
export function openTestCompose(store: Store, clock: Clock, deps: Partial<ComposeDeps> = {}) {
  const methods = composeMethods({
    store,
    clock,
    random: createFakeRandom(),
    compose: composeMessage,
    load: async () => ok('gone'),
    loadBody: async () => ok('gone'),
    holdBack: async () => () => undefined,
    mark: async () => ok(null),
    ...deps,
  });
  const must = async <T>(work: Promise<Outcome<T>>): Promise<T> => {
    const outcome = await work;
    if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`);
    return outcome.value;
  };

  async function begin(accountId: AccountId): Promise<DraftView> {
    return must(
      methods['drafts.create']({
        kind: 'new',
        messageId: null,
        accountId,
        selection: null,
        quick: false,
        mailto: null,
      }),
    );
  }

  async function write(draft: DraftView, change: Partial<DraftContent>): Promise<DraftView> {
    const content = { ...draft.content, ...change };
    const { revision, savedAt } = await must(
      methods['drafts.save']({ draftId: draft.id, baseRevision: draft.revision, content }),
    );
    return { ...draft, content, revision, savedAt };
  }

  return {
    methods,
    must,
    begin,
    write,
    /** Answers the message in Sent and its entry in the outbox. */
    send: async (draft: DraftView, undoSeconds: 0 | 10 = 0) =>
      must(methods['drafts.send']({ draftId: draft.id, revision: draft.revision, undoSeconds, later: null })),
    outbox: (): OutboxView[] => outboxViews(store.read, clock.now()),
    inMailbox: (path: string): { id: MessageId; subject: string; keywords: string }[] =>
      store.read
        .prepare<[string], { id: MessageId; subject: string; keywords: string }>(
          `SELECT m.id, m.subject, m.keywords FROM memberships s JOIN messages m ON m.id = s.message_id
             JOIN mailboxes b ON b.id = s.mailbox_id WHERE b.path = ? ORDER BY m.id`,
        )
        .all(path),
  };
}
