import type { Topic } from '../../src/shared/contract/events';
import type {
  Mutation,
  MutationResult,
  MutationTarget,
  UndoResult,
} from '../../src/shared/contract/mutation';
import { GestureId, type MailboxRole } from '../../src/shared/domain';
import type { FakeLists } from './fake-lists';
import type { FakeMail, FakeMessage } from './fake-mail';

interface Before {
  readonly mailboxIds: number[];
  readonly keywords: string[];
  readonly snoozedUntil: number | null;
}

/** Applies mutations to a FakeMail at once and remembers how to undo them. */
export class FakeMutations {
  private readonly mail: FakeMail;
  private readonly lists: FakeLists;
  private readonly notice: (...topics: Topic[]) => void;
  private readonly gestures = new Map<
    string,
    { readonly before: Map<number, Before>; readonly target: MutationTarget; readonly mutation: Mutation }
  >();

  constructor(mail: FakeMail, lists: FakeLists, notice: (...topics: Topic[]) => void) {
    this.mail = mail;
    this.lists = lists;
    this.notice = notice;
  }

  apply(target: MutationTarget, mutation: Mutation): MutationResult {
    const messages = this.messagesOf(target);
    const before = new Map(
      messages.map((message) => [
        message.id,
        {
          mailboxIds: message.mailboxIds,
          keywords: [...message.keywords],
          snoozedUntil: message.snoozedUntil ?? null,
        },
      ]),
    );
    for (const message of messages) this.change(message, mutation);
    const gestureId = GestureId.parse(`gesture-${this.gestures.size + 1}`);
    this.gestures.set(gestureId, { before, target, mutation });
    this.tell(messages);
    return { gestureId, changeIds: [], affected: messages.length };
  }

  undo(gestureId: string): UndoResult {
    const before = this.gestures.get(gestureId)?.before ?? new Map<number, Before>();
    const messages: FakeMessage[] = [];
    for (const [id, { mailboxIds, keywords, snoozedUntil }] of before) {
      const message = this.mail.messages.get(id);
      if (!message) continue;
      message.mailboxIds = mailboxIds;
      message.snoozedUntil = snoozedUntil;
      message.keywords.clear();
      for (const keyword of keywords) message.keywords.add(keyword);
      messages.push(message);
    }
    this.tell(messages);
    return { gestureId: GestureId.parse(gestureId), restored: before.size, skipped: 0 };
  }

  redo(gestureId: string): MutationResult {
    const gesture = this.gestures.get(gestureId);
    return gesture
      ? this.apply(gesture.target, gesture.mutation)
      : { gestureId: GestureId.parse(gestureId), changeIds: [], affected: 0 };
  }

  private messagesOf(target: MutationTarget): FakeMessage[] {
    switch (target.kind) {
      case 'messages':
        return target.messageIds.flatMap((id) => this.mail.messages.get(id) ?? []);
      case 'rows': {
        const wanted = new Set(target.itemIds);
        return this.lists.messagesOf(target.listId).filter(({ threadId }) => wanted.has(threadId));
      }
      case 'list': {
        const except = new Set(target.exceptItemIds);
        return this.lists.messagesOf(target.listId).filter(({ threadId }) => !except.has(threadId));
      }
      // The fake has no index: its searches find nothing.
      case 'search':
        return [];
    }
  }

  private change(message: FakeMessage, mutation: Mutation): void {
    const role = (wanted: MailboxRole) =>
      this.mail.mailboxes
        .filter((mailbox) => mailbox.accountId === message.accountId && mailbox.role === wanted)
        .map(({ id }) => id as number);
    switch (mutation.kind) {
      case 'keywords':
        for (const keyword of mutation.add) message.keywords.add(keyword);
        for (const keyword of mutation.remove) message.keywords.delete(keyword);
        return;
      case 'move':
        message.mailboxIds = [mutation.toMailboxId];
        return;
      case 'archive':
        message.mailboxIds = role('archive');
        return;
      case 'trash':
        message.mailboxIds = role('trash');
        return;
      case 'junk':
        message.mailboxIds = role('junk');
        return;
      case 'not-junk':
        message.mailboxIds = role('inbox');
        return;
      case 'delete':
        message.mailboxIds = [];
        return;
      case 'snooze':
        message.snoozedUntil = mutation.until;
        return;
      case 'unsnooze':
      case 'wake':
        message.snoozedUntil = null;
        return;
    }
  }

  private tell(messages: readonly FakeMessage[]): void {
    this.lists.forget();
    const lists = this.lists.views().map(({ id }): Topic => `list:${id}`);
    const threads = [...new Set(messages.map(({ threadId }): Topic => `thread:${threadId}`))];
    this.notice('lists', 'mailboxes', ...lists, ...threads);
  }
}
