import { Filter, X } from 'lucide-react';
import { ListFilter } from '../../shared/contract/views';
import type { CommandId } from '../commands/catalogue';
import { CommandItem } from '../commands/command-items';
import { runCommand } from '../commands/registry';
import { listStrings } from '../strings/list';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuSection } from '../ui/menu';

const COMMANDS: Readonly<Record<ListFilter | 'none', CommandId>> = {
  none: 'list.filterNone',
  unread: 'list.filterUnread',
  starred: 'list.filterStarred',
  attachments: 'list.filterAttachments',
};

interface FilterProps {
  readonly filter: ListFilter | null;
}

/** What the list is narrowed to, in the header. */
export function FilterMenu({ filter }: FilterProps) {
  const chosen = filter ?? 'none';
  return (
    <Menu
      label={listStrings.filterMenu}
      placement="bottom end"
      trigger={
        <IconButton label={listStrings.filterBy(listStrings.filters[chosen])} isActive={filter !== null}>
          <Filter />
        </IconButton>
      }
    >
      <MenuSection title={listStrings.filterMenu} selected={[COMMANDS[chosen]]}>
        {(['none', ...ListFilter.options] as const).map((option) => (
          <CommandItem key={option} id={COMMANDS[option]} />
        ))}
      </MenuSection>
    </Menu>
  );
}

/** Says that and how the list is narrowed, and takes the filter off: what is hidden must never be forgotten. */
export function FilterChip({ filter }: FilterProps) {
  if (filter === null) return null;
  const name = listStrings.filters[filter];
  return (
    <Button
      size="small"
      icon={<X size={14} aria-hidden />}
      aria-label={listStrings.removeFilter(name)}
      onPress={() => runCommand('list.filterNone')}
    >
      {name}
    </Button>
  );
}
