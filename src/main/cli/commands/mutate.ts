import type { Mutation } from '../../../shared/contract/mutation';
import type { FailureView, MessageView } from '../../../shared/contract/views';
import { SettableKeyword, SNOOZE_UNTIL } from '../../../shared/domain';
import { type Outcome, ok } from '../../../shared/outcome';
import type { Arguments, Command, Flag } from '../command';
import { findMailbox, findMessage } from '../lookup';
import type { Session } from '../session';
import { usage } from '../usage';
import { ISO } from '../when';

type Plan = (
  args: Arguments,
  session: Session,
  messages: readonly MessageView[],
) => Promise<Outcome<Mutation, FailureView>>;

const MOST_MESSAGES = 10_000;

/** CLI-032: every change goes through the same door as the window's (APP-418). */
export const mutateKeyword = mutation(
  'keyword',
  'Add or remove marks and labels, for example $seen or $flagged',
  [
    { name: 'add', value: 'K', many: true, help: 'Keyword to add' },
    { name: 'remove', value: 'K', many: true, help: 'Keyword to remove' },
  ],
  '--add $flagged 42',
  async (args) => {
    const [add, remove] = [args.all('add'), args.all('remove')];
    if (add.length + remove.length === 0)
      return usage('There is nothing to add or remove.', 'Give --add K or --remove K.');
    const bad = [...add, ...remove].find((keyword) => !SettableKeyword.safeParse(keyword).success);
    if (bad !== undefined)
      return usage(`“${bad}” cannot be a keyword.`, 'Use one word, for example $flagged or Work.');
    return ok({ kind: 'keywords', add: [...add], remove: [...remove] });
  },
);

export const mutateMove = mutation(
  'move',
  'Move messages to another mailbox of their account',
  [{ name: 'to', value: 'PATH', required: true, help: 'Mailbox path, or role:NAME' }],
  '--to Archive/2026 42 43',
  async (args, session, messages) => {
    const accounts = new Set(messages.map(({ accountId }) => accountId));
    const [accountId] = accounts;
    if (accountId === undefined || accounts.size > 1) {
      return usage(
        'These messages belong to different accounts.',
        'Move those of each account by themselves.',
      );
    }
    const mailbox = await findMailbox(session, args.get('to') ?? '', accountId);
    return mailbox.ok ? ok({ kind: 'move', toMailboxId: mailbox.value.id, fromMailboxId: null }) : mailbox;
  },
);

export const mutateArchive = mutation('archive', 'Archive messages', [], '42', async () =>
  ok({ kind: 'archive' }),
);
export const mutateTrash = mutation('trash', 'Move messages to the trash', [], '42', async () =>
  ok({ kind: 'trash' }),
);
export const mutateDelete = mutation('delete', 'Delete messages for good', [], '42', async () =>
  ok({ kind: 'delete' }),
);
export const mutateJunk = mutation('junk', 'Report messages as junk', [], '42', async () =>
  ok({ kind: 'junk' }),
);

export const mutateSnooze = mutation(
  'snooze',
  'Put messages off: they leave the inbox and come back as unread',
  [
    {
      name: 'until',
      value: 'TIME',
      required: true,
      help: 'ISO 8601, for example 2026-05-04T08:00Z; or online, or answered',
    },
  ],
  '--until 2026-05-04T08:00Z 42',
  async (args) => {
    const text = args.get('until') ?? '';
    if (text === 'online' || text === 'answered') return ok({ kind: 'snooze', until: SNOOZE_UNTIL[text] });
    const until = ISO.test(text) ? Date.parse(text) : Number.NaN;
    return until > Date.now()
      ? ok({ kind: 'snooze', until })
      : usage(
          `“${text}” is no time to come.`,
          'Write it as 2026-05-04T08:00Z or with an offset like +02:00, or online, or answered.',
        );
  },
);
export const mutateUnsnooze = mutation('unsnooze', 'Bring snoozed messages back', [], '42', async () =>
  ok({ kind: 'unsnooze' }),
);

function mutation(
  verb: string,
  summary: string,
  flags: readonly Flag[],
  example: string,
  plan: Plan,
): Command {
  return {
    name: `mutate ${verb}`,
    summary,
    words: 'ID…',
    least: 1,
    most: MOST_MESSAGES,
    flags,
    example: `homeport mutate ${verb} ${example}`,
    run: async (args, context) => {
      const session = await context.open('store');
      if (!session.ok) return session;
      const messages: MessageView[] = [];
      for (const word of args.words) {
        const message = await findMessage(session.value, word);
        if (!message.ok) return message;
        messages.push(message.value);
      }
      const planned = await plan(args, session.value, messages);
      if (!planned.ok) return planned;
      const applied = await session.value.call('mutations.apply', {
        target: { kind: 'messages', messageIds: messages.map(({ id }) => id) },
        mutation: planned.value,
        origin: 'cli',
      });
      if (!applied.ok) return applied;
      const { gestureId, affected } = applied.value;
      // What needs no server, in a local account for instance, leaves nothing in the queue; it is undone by its gesture.
      const inQueue = applied.value.changeIds.map(String);
      const changeIds = inQueue.length === 0 && affected > 0 ? [gestureId] : inQueue;
      return ok({
        kind: 'data',
        json: { changeIds, gestureId, affected },
        text:
          affected === 0
            ? 'Nothing to do.'
            : `Changed ${affected}; undo with: homeport undo ${changeIds[0] ?? ''}`,
      });
    },
  };
}
