import type { ListFilter } from '../../shared/contract/views';
import { useCommand, useCommandsOn } from '../commands/registry';
import type { CommandTarget } from '../commands/target';
import { currentRegion } from '../layout/regions';
import { openItem, setFilter, useUi } from '../state/ui-store';
import type { ListController } from './list-controller';
import { selectedCount } from './selection';

interface ListCommandOptions {
  /** False while something else stands in the list's place. */
  readonly active?: boolean;
  /** How a row is opened, where it is not simply read. */
  readonly open?: (itemId: number) => void;
  /** How a row is opened in a window of its own. */
  readonly openWindow: (itemId: number) => void;
}

/** Moves the focus to the next or previous row; answers the row's item, null where it is not here yet. */
export function stepInList(list: ListController, step: 1 | -1): number | null {
  const { focusIndex, total } = list.snapshot();
  list.focus(Math.max(0, Math.min((total ?? 1) - 1, focusIndex + step)));
  list.reveal();
  return list.snapshot().focusId;
}

/** Commands that move in the list and tick rows (ui.md section 7). They work with the focus in list or reader. */
export function useListCommands(
  list: ListController,
  readerBeside: boolean,
  { active = true, open = openItem, openWindow }: ListCommandOptions,
): void {
  const filled = () => active && (list.snapshot().total ?? 0) > 0;
  const hasSelection = () =>
    active && selectedCount(list.snapshot().selection, list.snapshot().total ?? 0) > 0;

  function go(step: 1 | -1) {
    const focusId = stepInList(list, step);
    // With the reader open in the list's place, "next" turns the page there.
    if (focusId !== null && (readerBeside || useUi.getState().openItemId !== null)) openItem(focusId);
  }
  function extend(step: 1 | -1) {
    void list.extendTo(list.snapshot().focusIndex + step);
    list.reveal();
  }
  function toggle() {
    const { focusId } = list.snapshot();
    if (focusId !== null) list.toggle(focusId);
  }
  const narrow = (filter: ListFilter | null) => setFilter(list.snapshot().query.listId, filter);
  // What is found is narrowed by its words.
  const canNarrow = () => active && !list.snapshot().query.search;
  useCommand('list.filterUnread', () => narrow('unread'), canNarrow);
  useCommand('list.filterStarred', () => narrow('starred'), canNarrow);
  useCommand('list.filterAttachments', () => narrow('attachments'), canNarrow);
  useCommand('list.filterNone', () => narrow(null), canNarrow);
  useCommand('list.next', () => go(1), filled);
  useCommand('list.previous', () => go(-1), filled);
  useCommand(
    'list.open',
    () => {
      const { focusId } = list.snapshot();
      if (focusId !== null) open(focusId);
    },
    filled,
  );
  const inHand = () =>
    (currentRegion() === 'reader' ? useUi.getState().openItemId : null) ?? list.snapshot().focusId;
  const pointedAt = (target: CommandTarget | undefined) => {
    if (target) return target.kind === 'rows' ? target.itemId : null;
    return filled() ? inHand() : null;
  };
  useCommandsOn(pointedAt, { 'list.openWindow': { can: () => active, run: openWindow } });
  useCommand('list.toggle', toggle, filled);
  useCommand('list.extendNext', () => extend(1), filled);
  useCommand('list.extendPrevious', () => extend(-1), filled);
  useCommand('list.selectAll', () => list.selectOnScreen(), filled);
  useCommand('list.selectNone', () => list.clearSelection(), hasSelection);
}
