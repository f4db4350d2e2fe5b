import { type CommandId, commandSpec } from './catalogue';

export const isApple: boolean =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const APPLE = new Map([
  ['Mod', '⌘'],
  ['Shift', '⇧'],
  ['Delete', '⌦'],
]);
const OTHER = new Map([
  ['Mod', 'Ctrl'],
  ['Delete', 'Del'],
]);

/** A binding as people read it: `Mod+Shift+z` is Ctrl+Shift+Z, `g i` is "G I", `I` is Shift+I. */
export function readableKeys(keys: string, apple: boolean): string {
  const names = apple ? APPLE : OTHER;
  return keys
    .split(' ')
    .map((key) => {
      if (/^[A-Z]$/.test(key)) return [names.get('Shift') ?? 'Shift', key].join(apple ? '' : '+');
      return key
        .split(/\+(?=.)/)
        .map((part) => names.get(part) ?? (part.length === 1 ? part.toUpperCase() : part))
        .join(apple ? '' : '+');
    })
    .join(' ');
}

/** The first binding of a command for menus and tooltips; undefined when it has none. */
export function shortcutOf(id: CommandId): string | undefined {
  const first = commandSpec(id).keys[0];
  return first === undefined ? undefined : readableKeys(first, isApple);
}
