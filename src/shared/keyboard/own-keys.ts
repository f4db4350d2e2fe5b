import type { CommandId } from './key-map';

/**
 * What widgets do by themselves, whatever the preset (ui.md section 8): said beside the keys of the command that means
 * the same. They cannot be given to another command.
 */
export const WIDGET_KEYS: Partial<Record<CommandId, string>> = {
  'list.next': 'ArrowDown',
  'list.previous': 'ArrowUp',
  'list.open': 'Enter',
  'list.openWindow': 'Shift+Enter',
  'list.back': 'Escape',
  'list.toggle': 'Space',
  'list.extendNext': 'Shift+ArrowDown',
  'list.extendPrevious': 'Shift+ArrowUp',
  'folder.rename': 'F2',
  'folder.delete': 'Delete',
};

/** Keys of lists, fields, dialogs and of moving between controls: they must stay what they are (UI-061). */
const WIDGETS =
  /(^| )((Mod|Shift)\+)*(Enter|Escape|Space|Tab|Home|End|PageUp|PageDown|Arrow(Up|Down|Left|Right))$/;
/** What copies and pastes everywhere. */
const CLIPBOARD = /(^| )Mod\+[cxv]$/;

/** True when these keys can be given to a command. Mod+Enter is free: it means "done" and nothing else. */
export function canBind(keys: string): boolean {
  return keys === 'Mod+Enter' || !(WIDGETS.test(keys) || CLIPBOARD.test(keys));
}

/** Keys with which the system and the editor write, move and select in fields; commands that act there leave them alone. */
export const FIELD_KEYS: readonly string[] = [
  ...['a', 'c', 'v', 'x', 'y', 'z', 'Shift+z', 'Shift+v', 'b', 'i', 'u'].map((key) => `Mod+${key}`),
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].flatMap((key) =>
    ['', 'Shift+', 'Mod+', 'Mod+Shift+', 'Alt+'].map((modifiers) => modifiers + key),
  ),
  ...['Backspace', 'Delete', 'Insert'].flatMap((key) => [key, `Mod+${key}`, `Shift+${key}`, `Alt+${key}`]),
  ...['Enter', 'Shift+Enter', 'Tab', 'Shift+Tab', 'Escape', 'Space'],
];

/** The Emacs keys that Apple's fields know. */
export const APPLE_FIELD_KEYS: readonly string[] = [...'abdefhknoptvy'].map((letter) => `Ctrl+${letter}`);
