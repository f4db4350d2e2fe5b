import { Settings2 } from 'lucide-react';
import type { Settings } from '../../shared/contract/settings';
import type { ListFilter, ListView } from '../../shared/contract/views';
import { showFailure } from '../feedback/undo';
import { saveSettings } from '../settings/use-settings';
import { openItem } from '../state/ui-store';
import { listStrings } from '../strings/list';
import { call } from '../transport/call';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/menu';
import { FilterChip, FilterMenu } from './filter-menu';
import styles from './list-header.module.css';
import { SortMenu } from './sort-menu';
import { TABLE_COLUMNS, toggleColumn } from './table-columns';

interface ListHeaderProps {
  readonly title: string;
  readonly view: ListView | undefined;
  readonly total: number | null;
  readonly filter: ListFilter | null;
  readonly settings: Settings;
}

/** Title, count, filter, sort and view of the list (ui.md section 2). */
export function ListHeader({ title, view, total, filter, settings }: ListHeaderProps) {
  const set = (patch: Partial<Settings>) => void saveSettings(patch);
  const mode = view?.mode ?? 'threads';

  return (
    <header className={styles.header}>
      <h1 className={styles.title} dir="auto">
        {title}
      </h1>
      <p className={styles.count}>
        {/* All of it at once, so that nothing of it moves (UI-055). */}
        {total !== null &&
          view &&
          (filter === null
            ? listStrings.rows(total, mode)
            : listStrings.rowsOf(total, Math.max(total, view.rows)))}
        {total !== null &&
          filter === null &&
          view &&
          view.unreadRows > 0 &&
          ` - ${listStrings.unreadOf(view.unreadRows)}`}
      </p>
      <FilterChip filter={filter} />
      <FilterMenu filter={filter} />
      <SortMenu />
      <Menu
        label={listStrings.viewMenu}
        placement="bottom end"
        trigger={
          <IconButton label={listStrings.viewMenu}>
            <Settings2 />
          </IconButton>
        }
      >
        <MenuSection title={listStrings.grouping} selected={[mode]}>
          {(['threads', 'messages'] as const).map((option) => (
            <MenuItem
              key={option}
              id={option}
              label={listStrings.modes[option]}
              onAction={() => view && void setMode(view.id, option)}
            />
          ))}
        </MenuSection>
        <MenuSeparator />
        <MenuSection title={listStrings.layout} selected={[settings.layout]}>
          {(['columns', 'table'] as const).map((option) => (
            <MenuItem
              key={option}
              id={option}
              label={listStrings.layouts[option]}
              onAction={() => set({ layout: option })}
            />
          ))}
        </MenuSection>
        <MenuSeparator />
        <MenuSection title={listStrings.readingPane} selected={[readingPlace(settings)]}>
          {(['beside', 'below', 'off'] as const).map((option) => (
            <MenuItem
              key={option}
              id={option}
              label={listStrings.readingPanes[option]}
              onAction={() => {
                // What is open would be a page at once.
                if (option === 'off') openItem(null);
                set(READING_PLACES[option]);
              }}
            />
          ))}
        </MenuSection>
        <MenuSeparator />
        {settings.layout === 'columns' ? (
          <MenuSection title={listStrings.density} selected={[settings.density]}>
            {(['compact', 'normal', 'relaxed'] as const).map((option) => (
              <MenuItem
                key={option}
                id={option}
                label={listStrings.densities[option]}
                onAction={() => set({ density: option })}
              />
            ))}
          </MenuSection>
        ) : (
          <MenuSection title={listStrings.columnsMenu} selected={settings.tableColumns} multiple>
            {TABLE_COLUMNS.filter((column) => column.id !== 'subject').map((column) => (
              <MenuItem
                key={column.id}
                id={column.id}
                label={listStrings.columns[column.id]}
                onAction={() => set({ tableColumns: toggleColumn(settings.tableColumns, column.id) })}
              />
            ))}
          </MenuSection>
        )}
      </Menu>
    </header>
  );
}

/** Where the reading pane stands (UI-003): below a list that takes the whole width as a table, or nowhere. */
const READING_PLACES = {
  beside: { layout: 'columns', readingPane: 'on' },
  below: { layout: 'table', readingPane: 'on' },
  off: { readingPane: 'off' },
} as const satisfies Record<string, Partial<Settings>>;

function readingPlace({ layout, readingPane }: Settings): keyof typeof READING_PLACES {
  if (readingPane === 'off') return 'off';
  return layout === 'table' ? 'below' : 'beside';
}

/** The open item is of the old mode's kind. */
async function setMode(listId: ListView['id'], mode: ListView['mode']): Promise<void> {
  openItem(null);
  const outcome = await call('lists.setMode', { listId, mode });
  if (!outcome.ok) showFailure(listStrings.notRegrouped, outcome.failure);
}
