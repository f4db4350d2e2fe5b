export const isApple: boolean =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const EVERYWHERE = [
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['Escape', 'Esc'],
] as const;
const APPLE = new Map<string, string>([
  ['Mod', '⌘'],
  ['Ctrl', '⌃'],
  ['Alt', '⌥'],
  ['Shift', '⇧'],
  ['Delete', '⌦'],
  ['Backspace', '⌫'],
  ...EVERYWHERE,
]);
const OTHER = new Map<string, string>([['Mod', 'Ctrl'], ['Delete', 'Del'], ...EVERYWHERE]);

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
