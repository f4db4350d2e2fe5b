import { type ListId, SMART_LISTS, type SmartListName } from '../../shared/domain';
import { useCommand } from '../commands/registry';
import { useOpenDrafts } from '../compose/open-drafts';
import { openList } from '../list/open-list';
import { endSearch, isSearching, openItem, showList, showOutbox, useUi } from '../state/ui-store';
import { cycleRegions, focusRegion } from './regions';

const go = (name: SmartListName) => () => {
  showList(SMART_LISTS[name] as ListId);
  // The list is not on screen before the next frame.
  requestAnimationFrame(() => focusRegion('list'));
};

/** Escape and `u` peel one layer: ticked rows, then the reader, then what is searched for (UI-062). */
function back(): void {
  const list = openList();
  const { selection, openItemId } = useUi.getState();
  if (list && (selection.mode === 'all' || selection.ids.size > 0)) list.clearSelection();
  else if (openItemId === null && isSearching(useUi.getState())) endSearch();
  else openItem(null);
  requestAnimationFrame(() => focusRegion('list'));
}

/** Commands that move between panes and lists. */
export function useLayoutCommands(): void {
  useCommand('view.nextPane', () => cycleRegions(1));
  useCommand('view.previousPane', () => cycleRegions(-1));
  useCommand('list.back', back);
  useCommand('go.inbox', go('inbox'));
  useCommand('go.unread', go('unread'));
  useCommand('go.starred', go('starred'));
  useCommand('go.snoozed', go('snoozed'));
  useCommand('go.outbox', () => {
    showOutbox();
    requestAnimationFrame(() => focusRegion('list'));
  });
  useCommand(
    'compose.focus',
    () => void focusRegion('composer'),
    () => useOpenDrafts.getState().drafts.length > 0,
  );
  useCommand('go.sent', go('sent'));
  useCommand('go.drafts', go('drafts'));
  useCommand('go.all', go('all'));
}
