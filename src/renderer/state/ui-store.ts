import { create } from 'zustand';
import type { MethodInput } from '../../shared/contract/methods';
import type { ListFilter, ListSort, PendingView } from '../../shared/contract/views';
import type { WindowRoute } from '../../shared/contract/window-route';
import { type AccountId, type ChangeId, type ListId, type MailboxId, SMART_LISTS } from '../../shared/domain';
import type { PaneSizes } from '../layout/pane-sizes';
import { EMPTY_SELECTION, type Selection } from '../list/selection';
import type { MenuPoint } from '../ui/context-menu';

/** The one dialog that is open; a second one replaces it, so there is never a dialog over a dialog (UI-008). */
export type DialogState =
  | { readonly kind: 'palette' | 'shortcuts' | 'add-account' | 'conflict-policy' }
  /** `find`: what to search the settings for at once. */
  | { readonly kind: 'settings'; readonly find?: string }
  | { readonly kind: 'move-to' | 'label' | 'delete-forever' | 'snooze-date'; readonly rows: Selection }
  | {
      /** A menu, at the place it was asked for. */
      readonly kind: 'snooze';
      readonly rows: Selection;
      readonly at: MenuPoint;
      /** True when the rows are put off already. */
      readonly asleep: boolean;
    }
  | {
      /** A menu too: one of a few, before a command acts. */
      readonly kind: 'choose';
      readonly title: string;
      readonly at: MenuPoint;
      readonly options: readonly { readonly id: string; readonly label: string }[];
      /** What is so now. */
      readonly selected: string | null;
      choose(id: string): void;
    }
  | {
      readonly kind: 'changes';
      readonly show: 'parked' | 'all';
      /** The entry to begin at. */
      readonly changeId?: ChangeId | undefined;
    }
  | {
      readonly kind: 'redirect';
      readonly change: Pick<PendingView, 'id' | 'accountId' | 'title' | 'serverMailboxIds' | 'targetCount'>;
    }
  | {
      readonly kind: 'sign-in' | 'certificate' | 'submission' | 'remove-account';
      readonly accountId: AccountId;
    }
  /** `parentId` null = at the top of the account. */
  | { readonly kind: 'new-folder'; readonly accountId: AccountId; readonly parentId: MailboxId | null }
  | {
      readonly kind: 'rename-folder' | 'move-folder' | 'delete-folder' | 'empty-folder' | 'keep-folder';
      readonly mailboxId: MailboxId;
    };

/** What is searched for. While `text` is blank nothing is, and the list is on screen. */
export interface SearchState {
  /** As it stands in the field; the grammar of sync-engine.md section 14. Its last word may go on. */
  readonly text: string;
  /** All mail, or only the list one came from. */
  readonly scope: 'everywhere' | 'list';
  readonly includeTrashAndJunk: boolean;
  readonly sort: MethodInput<'search.page'>['sort'];
  /** What was open before; it is open again afterwards. */
  readonly cameFrom: number | null;
}

export interface UiState {
  /** The row or the letter this window is for, where it was opened for one; null = the whole window (UI-003). */
  readonly route: WindowRoute | null;
  readonly listId: ListId;
  /** True while the outbox stands in the list's place. */
  readonly outbox: boolean;
  readonly sort: ListSort;
  readonly descending: boolean;
  /** What each list is narrowed to, for as long as the window is open. */
  readonly filters: ReadonlyMap<ListId, ListFilter>;
  /** The row that the reader shows; null = none. */
  readonly openItemId: number | null;
  /** What a window that was just reloaded shows because it did before: nobody opened it to read it. */
  readonly cameBackTo: number | null;
  readonly selection: Selection;
  readonly search: SearchState;
  readonly dialog: DialogState | null;
  /** True while the sync panel hangs below the status pill. */
  readonly syncPanelOpen: boolean;
  /** How wide this window's panes are, whatever another one does to its own (UI-001); null = as was last stored. */
  readonly panes: PaneSizes | null;
  /** True while it is asked whether mail addresses of this computer are to open here. */
  readonly asksForDefault: boolean;
}

const NO_SEARCH: SearchState = {
  text: '',
  scope: 'everywhere',
  includeTrashAndJunk: false,
  sort: 'newest',
  cameFrom: null,
};

/** What this window looks at, and how. Nothing here is stored or known to the host. */
export const useUi = create<UiState>()(() => ({
  route: null,
  listId: SMART_LISTS.inbox as ListId,
  outbox: false,
  sort: 'date',
  descending: true,
  filters: new Map(),
  openItemId: null,
  cameBackTo: null,
  selection: EMPTY_SELECTION,
  search: NO_SEARCH,
  dialog: null,
  syncPanelOpen: false,
  panes: null,
  asksForDefault: false,
}));

/**
 * Shows another list: nothing open, nothing selected, newest first; of what is put off the next to come back first. The
 * same list again lets go of what stayed without matching its filter. A search ends.
 */
export function showList(listId: ListId): void {
  if (listId === useUi.getState().listId) filterAfresh();
  const descending = listId !== SMART_LISTS.snoozed;
  useUi.setState({
    listId,
    outbox: false,
    sort: 'date',
    descending,
    openItemId: null,
    selection: EMPTY_SELECTION,
    search: NO_SEARCH,
  });
}

/** What is on its way out, in the place of list and reader (APP-192). */
export function showOutbox(): void {
  useUi.setState({ outbox: true, openItemId: null, selection: EMPTY_SELECTION, search: NO_SEARCH });
}

/** Narrows a list; null = all of it. The same filter again is another state, so that the list lets go of what stayed. */
export function setFilter(listId: ListId, filter: ListFilter | null): void {
  const filters = new Map(useUi.getState().filters);
  if (filter === null) filters.delete(listId);
  else filters.set(listId, filter);
  useUi.setState({ filters });
}

/** The list on screen lets go of what stayed without matching its filter. */
export function filterAfresh(): void {
  useUi.setState(({ filters }) => ({ filters: new Map(filters) }));
}

/** True in a window that was opened for one row or letter: there is no list to see or to tick rows in. */
export function isPopout(): boolean {
  return useUi.getState().route !== null;
}

export function openItem(openItemId: number | null): void {
  useUi.setState({ openItemId, cameBackTo: null });
}

export function setSelection(selection: Selection): void {
  useUi.setState({ selection });
}

export function isSearching({ search }: Pick<UiState, 'search'>): boolean {
  return search.text.trim() !== '';
}

/**
 * Changes what is searched for. What is found takes the list's place from the first character on, with nothing open;
 * without any, the list is back as it was left, with what was open there. Found messages stand over the outbox too.
 */
export function changeSearch(patch: Partial<Omit<SearchState, 'cameFrom'>>): void {
  const before = useUi.getState();
  const search = { ...before.search, ...patch };
  const was = isSearching(before);
  if (was === isSearching({ search })) useUi.setState({ search });
  else if (was)
    useUi.setState({
      search: { ...search, cameFrom: null },
      openItemId: before.search.cameFrom,
      selection: EMPTY_SELECTION,
    });
  else
    useUi.setState({
      search: { ...search, cameFrom: before.openItemId },
      outbox: false,
      openItemId: null,
      selection: EMPTY_SELECTION,
    });
}

/** Back to the list as it was left. */
export function endSearch(): void {
  const { cameFrom: _cameFrom, ...nothing } = NO_SEARCH;
  changeSearch(nothing);
}

export function openDialog(dialog: DialogState): void {
  useUi.setState({ dialog, syncPanelOpen: false });
}

export function closeDialog(): void {
  useUi.setState({ dialog: null });
}
