import type { AccountId, MessageId } from '../../shared/domain';
import { knownMailboxes } from '../actions/known';
import type { CommandId } from '../commands/catalogue';
import { useCommand } from '../commands/registry';
import { openList } from '../list/open-list';
import { useUi } from '../state/ui-store';
import { writeAbout, writeNew } from './start-draft';

/** Commands that begin a letter about a message, and what they begin. */
export const ABOUT = {
  'compose.reply': 'reply',
  'compose.replyAll': 'reply-all',
  'compose.forward': 'forward',
  'compose.forwardAttached': 'forward-attached',
  'compose.editAsNew': 'edit-as-new',
  'compose.redirect': 'redirect',
} as const satisfies Partial<Record<CommandId, Parameters<typeof writeAbout>[0]>>;
export type AboutCommand = keyof typeof ABOUT;

/** The newest message of the row that has the focus, for when the reader shows none. */
function focusedMessage(): MessageId | null {
  const list = openList();
  const focusId = list?.snapshot().focusId ?? null;
  return focusId === null ? null : (list?.rowOf(focusId)?.messageId ?? null);
}

/** The account whose folder is on screen; null in the views over all of them. */
function accountOnScreen(): AccountId | null {
  const { listId } = useUi.getState();
  return knownMailboxes().find(({ id }) => (id as number) === (listId as number))?.accountId ?? null;
}

/** Writing by key, palette and menu; used once, by the main screen. An open message answers for itself. */
export function useComposeCommands(): void {
  const about = (id: AboutCommand) => () => {
    const messageId = focusedMessage();
    if (messageId !== null) void writeAbout(ABOUT[id], messageId);
  };
  const hasRow = () => focusedMessage() !== null;
  useCommand('compose.new', () => void writeNew(accountOnScreen()));
  useCommand('compose.reply', about('compose.reply'), hasRow);
  useCommand('compose.replyAll', about('compose.replyAll'), hasRow);
  useCommand('compose.forward', about('compose.forward'), hasRow);
  useCommand('compose.forwardAttached', about('compose.forwardAttached'), hasRow);
  useCommand('compose.editAsNew', about('compose.editAsNew'), hasRow);
  useCommand('compose.redirect', about('compose.redirect'), hasRow);
}

/** The same for the message that the reader shows, while `acts` says that it is the one meant. */
export function useAnswerCommands(messageId: MessageId, acts: () => boolean): void {
  const about = (id: AboutCommand) => () => void writeAbout(ABOUT[id], messageId, selectedText());
  useCommand('compose.reply', about('compose.reply'), acts);
  useCommand('compose.replyAll', about('compose.replyAll'), acts);
  useCommand('compose.forward', about('compose.forward'), acts);
  useCommand('compose.forwardAttached', about('compose.forwardAttached'), acts);
  useCommand('compose.editAsNew', about('compose.editAsNew'), acts);
  useCommand('compose.redirect', about('compose.redirect'), acts);
}

/** Longest selection that is quoted instead of the whole message. In characters, as the contract bounds it. */
const MAX_SELECTION = 100_000;

/** Text that is selected in the message (APP-122); null = nothing is. */
function selectedText(): string | null {
  const selection = window.getSelection();
  const text = selection?.toString().trim() ?? '';
  const inMessage = selection?.anchorNode?.parentElement?.closest('[data-message]') ?? null;
  return text === '' || inMessage === null ? null : text.slice(0, MAX_SELECTION);
}
