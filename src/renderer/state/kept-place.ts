import { z } from 'zod';
import { ListSort } from '../../shared/contract/views';
import { ListId } from '../../shared/domain';
import { isSearching, type UiState, useUi } from './ui-store';

const STORAGE_KEY = 'homeport.place';
/** A window that lives this long with what it came back to was not brought down by it. */
export const PROVEN_AFTER_MS = 5000;

const Place = z.object({
  listId: ListId,
  sort: ListSort,
  descending: z.boolean(),
  openItemId: z.int().positive().nullable(),
  panes: z.object({ sidebar: z.number(), list: z.number() }).nullable().catch(null),
  /** True from coming back here until it has held for a while. */
  unproven: z.boolean(),
});
type Place = z.infer<typeof Place>;

export interface PlaceKeeping {
  /** What outlives the page: of the tab in a browser, of the program's run in the desktop host. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly later: (run: () => void, ms: number) => void;
}

/**
 * Brings a window that was reloaded, crashed or taken down while hidden back to the list and the item it showed and to
 * the widths of its panes, and notes from now on where it is (APP-272, APP-279). A place that ended the page soon after it came back is let go, so
 * that one bad message cannot keep the window from coming up. Returns the function that ends it.
 */
export function keepPlace({ storage, later }: PlaceKeeping): () => void {
  const place = readPlace(storage);
  let unproven = false;
  const write = (state: UiState): void => {
    const { listId, sort, descending, panes } = state;
    // A search is not come back to, but the list it began in.
    const openItemId = isSearching(state) ? state.search.cameFrom : state.openItemId;
    storage.setItem(
      STORAGE_KEY,
      JSON.stringify({ listId, sort, descending, openItemId, panes, unproven } satisfies Place),
    );
  };
  if (place === null || place.unproven) {
    storage.removeItem(STORAGE_KEY);
  } else {
    const { unproven: _unproven, ...shown } = place;
    useUi.setState({ ...shown, cameBackTo: shown.openItemId });
    unproven = true;
    write(useUi.getState());
    later(() => {
      unproven = false;
      useUi.setState({ cameBackTo: null });
      write(useUi.getState());
    }, PROVEN_AFTER_MS);
  }
  return useUi.subscribe((state, before) => {
    const moved =
      state.listId !== before.listId ||
      state.sort !== before.sort ||
      state.descending !== before.descending ||
      state.panes !== before.panes ||
      state.openItemId !== before.openItemId;
    if (moved) write(state);
  });
}

function readPlace(storage: PlaceKeeping['storage']): Place | null {
  try {
    return Place.parse(JSON.parse(storage.getItem(STORAGE_KEY) ?? 'null'));
  } catch {
    return null;
  }
}
