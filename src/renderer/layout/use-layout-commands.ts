import { useEffect } from 'react';
import { type ListId, SMART_LISTS, type SmartListName } from '../../shared/domain';
import { knownAccounts, knownMailboxes } from '../actions/known';
import type { CommandId } from '../commands/catalogue';
import { registerCommand, useCommand } from '../commands/registry';
import { useOpenDrafts } from '../compose/open-drafts';
import { openList } from '../list/open-list';
import { endSearch, isSearching, openItem, showList, showOutbox, useUi } from '../state/ui-store';
import { cycleRegions, focusRegion } from './regions';

function goTo(listId: ListId): void {
  showList(listId);
  // The list is not on screen before the next frame.
  requestAnimationFrame(() => focusRegion('list'));
}
const go = (name: SmartListName) => () => goTo(SMART_LISTS[name] as ListId);

/** Escape and `u` peel one layer: ticked rows, then the reader, then what is searched for (UI-062). */
function back(): void {
  const list = openList();
  const { selection, openItemId } = useUi.getState();
  if (list && (selection.mode === 'all' || selection.ids.size > 0)) list.clearSelection();
  else if (openItemId === null && isSearching(useUi.getState())) endSearch();
  else openItem(null);
  requestAnimationFrame(() => focusRegion('list'));
}

const ACCOUNTS = [
  'go.account1',
  'go.account2',
  'go.account3',
  'go.account4',
  'go.account5',
  'go.account6',
  'go.account7',
  'go.account8',
  'go.account9',
] as const satisfies readonly CommandId[];

/** The inbox of an account by its place in the side bar; null = there is none. */
function inboxOfAccount(at: number): ListId | null {
  const account = knownAccounts()[at];
  const inbox = knownMailboxes().find(({ accountId, role }) => accountId === account?.id && role === 'inbox');
  return inbox ? (inbox.id as number as ListId) : null;
}

/** Commands that move between the panes of any window. */
export function usePaneCommands(): void {
  useCommand('view.nextPane', () => cycleRegions(1));
  useCommand('view.previousPane', () => cycleRegions(-1));
  useCommand(
    'compose.focus',
    () => void focusRegion('composer'),
    () => useOpenDrafts.getState().drafts.length > 0,
  );
}

/** Commands that move between the lists of a whole window, too. */
export function useLayoutCommands(): void {
  usePaneCommands();
  useCommand('list.back', back);
  useCommand('go.inbox', go('inbox'));
  useCommand('go.unread', go('unread'));
  useCommand('go.starred', go('starred'));
  useCommand('go.snoozed', go('snoozed'));
  useCommand('go.outbox', () => {
    showOutbox();
    requestAnimationFrame(() => focusRegion('list'));
  });
  useCommand('go.sent', go('sent'));
  useCommand('go.drafts', go('drafts'));
  useCommand('go.all', go('all'));
  useEffect(() => {
    const undo = ACCOUNTS.map((id, at) =>
      registerCommand(
        id,
        () => {
          const inbox = inboxOfAccount(at);
          if (inbox !== null) goTo(inbox);
        },
        () => inboxOfAccount(at) !== null,
      ),
    );
    return () => {
      for (const each of undo) each();
    };
  }, []);
}
