/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** True while AltGr is down; it arrives as Ctrl+Alt on some systems. */
  readonly altGraph: boolean;
}

/**
 * The press in the catalogue's words (`e`, `#`, `Mod+Shift+z`, `Shift+F6`), or null for a press that can be no
 * shortcut (UI-063). Characters count as produced, so `#` is found wherever a layout has it; a letter of another
 * script falls back to the letter on that physical key.
 */
export function describeKey(press: KeyPress, apple: boolean): string | null {
  const { key } = press;
  if (key === 'Dead' || key === 'Unidentified' || key === 'Process' || MODIFIERS.has(key)) return null;
  const altGraph = press.altGraph && [...key].length === 1;
  const mod = !altGraph && (apple ? press.metaKey : press.ctrlKey);
  const other = !altGraph && ((apple ? press.ctrlKey : press.metaKey) || press.altKey);
  if (other && !(apple && !mod && [...key].length === 1 && press.altKey && !press.ctrlKey)) return null;
  if ([...key].length > 1) return `${mod ? 'Mod+' : ''}${press.shiftKey ? 'Shift+' : ''}${key}`;
  const character = latin(press);
  if (!mod) return character === ' ' ? 'Space' : character;
  return `Mod+${press.shiftKey && /\p{L}/u.test(character) ? 'Shift+' : ''}${character.toLowerCase()}`;
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);

function latin({ key, code, shiftKey }: KeyPress): string {
  const isForeignLetter = /^\p{L}$/u.test(key) && !/^[\p{Script=Latin}]$/u.test(key);
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (!isForeignLetter || letter === undefined) return key;
  return shiftKey ? letter : letter.toLowerCase();
}
