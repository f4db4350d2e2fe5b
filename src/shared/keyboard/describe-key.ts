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
 * The press in the key map's words (`e`, `#`, `Mod+Shift+z`, `Shift+F6`), or null for a press that can be no shortcut
 * (UI-063). Characters count as produced, so `#` is found wherever a layout has it, by AltGr or Option too; a letter of
 * another script falls back to the letter on that physical key.
 */
export function describeKey(press: KeyPress, apple: boolean): string | null {
  const { key } = press;
  if (key === 'Dead' || key === 'Unidentified' || key === 'Process' || MODIFIERS.has(key)) return null;
  // The Windows key is the system's.
  if (!apple && press.metaKey) return null;
  const isCharacter = [...key].length === 1;
  const byOption = apple && press.altKey && !press.metaKey && !press.ctrlKey;
  const types = isCharacter && (press.altGraph || byOption);
  const modifiers = [
    !types && (apple ? press.metaKey : press.ctrlKey) ? 'Mod+' : '',
    !types && apple && press.ctrlKey ? 'Ctrl+' : '',
    !types && press.altKey ? 'Alt+' : '',
  ].join('');
  const shift = press.shiftKey ? 'Shift+' : '';
  if (!isCharacter) return modifiers + shift + key;
  const character = latin(press, apple && modifiers.includes('Alt+'));
  if (modifiers === '') return character === ' ' ? 'Space' : character;
  return (
    modifiers +
    (/\p{L}/u.test(character) ? shift : '') +
    (character === ' ' ? 'Space' : character.toLowerCase())
  );
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);

/** `byPlace`: the produced character is none that a person means, as Cmd+Option+F produces `ƒ`. */
function latin({ key, code, shiftKey }: KeyPress, byPlace: boolean): string {
  const isForeignLetter = /^\p{L}$/u.test(key) && !/^[\p{Script=Latin}]$/u.test(key);
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (!(isForeignLetter || byPlace) || letter === undefined) return key;
  return shiftKey ? letter : letter.toLowerCase();
}
