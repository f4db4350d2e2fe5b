import type { AccountId, MessageId } from '../../shared/domain';
import { knownMailboxes } from '../actions/known';
import type { CommandId } from '../commands/catalogue';
import { useCommand, useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { openList } from '../list/open-list';
import { useUi } from '../state/ui-store';
import { writeAbout, writeNew } from './start-draft';

/** Commands that begin a letter about a message, and what they begin. */
const ABOUT = {
  'compose.reply': 'reply',
  'compose.replyAll': 'reply-all',
  'compose.forward': 'forward',
  'compose.forwardAttached': 'forward-attached',
  'compose.editAsNew': 'edit-as-new',
  'compose.redirect': 'redirect',
} as const satisfies Partial<Record<CommandId, Parameters<typeof writeAbout>[0]>>;
type AboutCommand = keyof typeof ABOUT;

/** The row that has the focus, for when the reader shows no message; its newest is meant. */
function focusedRow(): number | null {
  return openList()?.snapshot().focusId ?? null;
}

/** The account whose folder is on screen; null in the views over all of them. */
function accountOnScreen(): AccountId | null {
  const { listId } = useUi.getState();
  return knownMailboxes().find(({ id }) => (id as number) === (listId as number))?.accountId ?? null;
}

/** The same action for each, on what `messageOf` names. */
function useAbout(
  messageOf: (target: CommandTarget | undefined) => MessageId | null,
  quoted: (messageId: MessageId) => string | null,
): void {
  const about = (id: AboutCommand) => ({
    run: (messageId: MessageId) => void writeAbout(ABOUT[id], messageId, quoted(messageId)),
  });
  useCommandsOn(messageOf, {
    'compose.reply': about('compose.reply'),
    'compose.replyAll': about('compose.replyAll'),
    'compose.forward': about('compose.forward'),
    'compose.forwardAttached': about('compose.forwardAttached'),
    'compose.editAsNew': about('compose.editAsNew'),
    'compose.redirect': about('compose.redirect'),
  });
}

/** Writing by key, palette and menu; used once, by the main screen. An open message answers for itself. */
export function useComposeCommands(): void {
  useCommand('compose.new', () => void writeNew(accountOnScreen()));
  useAbout(
    (target) => {
      const itemId = target?.kind === 'rows' ? target.itemId : target ? null : focusedRow();
      return itemId === null ? null : (openList()?.rowOf(itemId)?.messageId ?? null);
    },
    () => null,
  );
}

/** The same for a message that the reader shows, while `means` says that it is the one meant. */
export function useAnswerCommands(
  messageId: MessageId,
  means: (target: CommandTarget | undefined) => boolean,
): void {
  useAbout((target) => (means(target) ? messageId : null), selectedText);
}

/** Longest selection that is quoted instead of the whole message. In characters, as the contract bounds it. */
const MAX_SELECTION = 100_000;

/** Text that is selected in the message (APP-122); null = nothing is. */
function selectedText(messageId: MessageId): string | null {
  const selection = window.getSelection();
  const text = selection?.toString().trim() ?? '';
  const inMessage = selection?.anchorNode?.parentElement?.closest<HTMLElement>('[data-message]');
  return text === '' || inMessage?.dataset.message !== String(messageId)
    ? null
    : text.slice(0, MAX_SELECTION);
}
