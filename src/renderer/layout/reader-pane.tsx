import { Layers } from 'lucide-react';
import type { ListId } from '../../shared/domain';
import { CommandTextButton } from '../commands/command-button';
import { useOpenList } from '../list/open-list';
import { selectedCount } from '../list/selection';
import { SELECTION_ACTIONS } from '../list/selection-bar';
import { ReadingPane } from '../reader/reading-pane';
import { useUi } from '../state/ui-store';
import { listStrings } from '../strings/list';
import { EmptyState } from '../ui/empty-state';

interface ReaderPaneProps {
  readonly listId: ListId;
  readonly itemId: number | null;
  /** True when `itemId` is a message that was found, whatever the list's rows are. */
  readonly found: boolean;
  readonly hasBack: boolean;
}

/** The reader, or how many rows are ticked when it is more than one, with what can be done with them (ui.md section 6). */
export function ReaderPane({ listId, itemId, found, hasBack }: ReaderPaneProps) {
  const list = useOpenList((state) => state.list);
  const selection = useUi((state) => state.selection);
  const count = selectedCount(selection, list?.snapshot().total ?? 0);
  if (!list || count <= 1)
    return <ReadingPane listId={listId} itemId={itemId} found={found} hasBack={hasBack} />;
  return (
    <EmptyState icon={<Layers />} title={listStrings.selected(count)}>
      {SELECTION_ACTIONS.map((command) => (
        <CommandTextButton key={command} id={command} />
      ))}
      <CommandTextButton id="list.selectNone" variant="quiet" />
    </EmptyState>
  );
}
