import { commandTitles } from '../../shared/keyboard/command-titles';
import { Button, type ButtonProps } from '../ui/button';
import { IconButton, type IconButtonProps } from '../ui/icon-button';
import type { CommandId } from './catalogue';
import { COMMAND_ICONS } from './command-icons';
import { useShortcutOf } from './key-bindings';
import { runCommand } from './registry';
import type { CommandTarget } from './target';

interface CommandButtonProps extends Pick<IconButtonProps, 'size' | 'isActive'> {
  readonly id: CommandId;
  /** What it acts on; absent = what has the focus. */
  readonly target?: CommandTarget;
  /** One of its other titles, for the state it is in. */
  readonly title?: string;
  readonly iconClass?: string | undefined;
}

/** A command as a button of a toolbar: its icon, with title and key in the tooltip. It stays where it is also while it cannot run. */
export function CommandButton({ id, target, title, iconClass, ...look }: CommandButtonProps) {
  const shortcutOf = useShortcutOf();
  const Icon = COMMAND_ICONS[id];
  return (
    <IconButton
      {...look}
      label={title ?? commandTitles[id]}
      shortcut={shortcutOf(id)}
      onPress={() => runCommand(id, target)}
    >
      {Icon && <Icon className={iconClass} />}
    </IconButton>
  );
}

interface CommandTextButtonProps
  extends Pick<CommandButtonProps, 'id' | 'target' | 'title'>,
    Pick<ButtonProps, 'variant' | 'size' | 'isPending'> {
  readonly 'aria-keyshortcuts'?: string | undefined;
}

/** The same with its title in words. */
export function CommandTextButton({ id, target, title, ...look }: CommandTextButtonProps) {
  const Icon = COMMAND_ICONS[id];
  return (
    <Button {...look} icon={Icon && <Icon />} onPress={() => runCommand(id, target)}>
      {title ?? commandTitles[id]}
    </Button>
  );
}
