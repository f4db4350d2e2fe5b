/** Characters that draw nothing or turn the text around; joiners stay, emoji and some scripts are spelled with them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what is taken out
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const PART = '[^\\s<>"\'(),;:@]+';
/** `a@b.example`, also with spaces around the @, or anything that is joined by one. */
const ADDRESS = new RegExp(`${PART}\\s*@\\s*${PART}\\.\\p{L}{2,}|${PART}@${PART}`, 'gu');

/** A display name as it is safe to draw: on one line, in the order it is spelled. */
export function drawnName(name: string): string {
  return name.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
}

/** Text of which every character is drawn: what turns it around or cannot be seen stands there by its number (APP-325). */
export function spelledOut(text: string): string {
  return text.replace(
    UNSEEN,
    (char) => `⟨U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** The first address in a display name that is not the person's own, or null (APP-087). */
export function otherAddressIn(name: string, address: string): string | null {
  const text = drawnName(name).normalize('NFKC');
  if (!text.includes('@')) return null;
  const real = address.toLowerCase();
  for (const [found] of text.matchAll(ADDRESS)) {
    const shown = found.replace(/\s/g, '').replace(/\.+$/, '');
    if (shown.toLowerCase() !== real) return shown;
  }
  return null;
}

/**
 * What to call a person: the name, or the address where there is no name or the name shows an address that is not
 * theirs (APP-087). Empty when there is neither.
 */
export function shownName(name: string, address: string): string {
  const drawn = drawnName(name);
  return drawn === '' || (address !== '' && otherAddressIn(drawn, address) !== null)
    ? spelledOut(address)
    : drawn;
}
