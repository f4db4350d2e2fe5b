import { MenuItem, MenuSeparator } from '../ui/menu';
import type { CommandId } from './catalogue';
import { COMMAND_ICONS, DANGEROUS } from './command-icons';
import { useShortcutOf } from './key-bindings';
import { readyCommand } from './registry';
import type { CommandTarget } from './target';

interface CommandItemProps {
  readonly id: CommandId;
  /** What it acts on; absent = what has the focus. */
  readonly target?: CommandTarget | undefined;
  /** Said after the words: what it acts on, where the menu does not say so. */
  readonly detail?: string;
}

/** A command in a menu: its title, icon and key, and it is there only when it can run. */
export function CommandItem({ id, target, detail }: CommandItemProps) {
  const shortcutOf = useShortcutOf();
  const ready = readyCommand(id, target);
  if (!ready) return null;
  const Icon = COMMAND_ICONS[id];
  return (
    <MenuItem
      {...(target === undefined ? { id } : {})}
      icon={Icon && <Icon />}
      label={ready.title}
      shortcut={shortcutOf(id)}
      danger={DANGEROUS.has(id)}
      {...(detail === undefined ? {} : { detail })}
      onAction={() => readyCommand(id, target)?.run()}
    />
  );
}

interface CommandItemsProps {
  /** In groups, with a line between those of which something can run. */
  readonly groups: readonly (readonly CommandId[])[];
  readonly target?: CommandTarget;
}

/** Commands in a menu, in groups. */
export function CommandItems({ groups, target }: CommandItemsProps) {
  const filled = groups
    .map((ids) => ids.filter((id) => readyCommand(id, target) !== null))
    .filter((ids) => ids.length > 0);
  return filled.map((ids, at) => <Group key={ids[0]} ids={ids} target={target} isFirst={at === 0} />);
}

interface GroupProps {
  readonly ids: readonly CommandId[];
  readonly target: CommandTarget | undefined;
  readonly isFirst: boolean;
}

function Group({ ids, target, isFirst }: GroupProps) {
  return (
    <>
      {!isFirst && <MenuSeparator />}
      {ids.map((id) => (
        <CommandItem key={id} id={id} target={target} />
      ))}
    </>
  );
}
