import { ArrowDownWideNarrow, ArrowUpNarrowWide } from 'lucide-react';
import { type ListSort, ListSort as ListSorts } from '../../shared/contract/views';
import { useUi } from '../state/ui-store';
import { listStrings } from '../strings/list';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu';
import { isSnoozedList } from './list-title';

const TEXT_SORTS: ReadonlySet<ListSort> = new Set(['sender', 'subject']);

/** Order of the list; also there while rows are ticked, which stay ticked (APP-054). */
export function SortMenu() {
  const sort = useUi((state) => state.sort);
  const descending = useUi((state) => state.descending);
  // There a row's date is when it comes back.
  const snoozed = useUi((state) => isSnoozedList(state.listId)) && sort === 'date';
  const order = snoozed
    ? listStrings.snoozedOrder
    : { descending: listStrings.descending[sort], ascending: listStrings.ascending[sort] };
  const Arrow = descending ? ArrowDownWideNarrow : ArrowUpNarrowWide;
  return (
    <Menu
      label={listStrings.sortMenu}
      placement="bottom end"
      trigger={
        <IconButton label={`${listStrings.sortMenu}: ${listStrings.sort[sort]}`}>
          <Arrow />
        </IconButton>
      }
    >
      <MenuSection title={listStrings.sortMenu} selected={[sort]}>
        {ListSorts.options.map((option) => (
          <MenuItem
            key={option}
            id={option}
            label={listStrings.sort[option]}
            onAction={() => useUi.setState({ sort: option, descending: !TEXT_SORTS.has(option) })}
          />
        ))}
      </MenuSection>
      <MenuSeparator />
      <MenuSection title={listStrings.order} selected={[descending ? 'descending' : 'ascending']}>
        <MenuItem
          id="descending"
          label={order.descending}
          onAction={() => useUi.setState({ descending: true })}
        />
        <MenuItem
          id="ascending"
          label={order.ascending}
          onAction={() => useUi.setState({ descending: false })}
        />
      </MenuSection>
    </Menu>
  );
}
