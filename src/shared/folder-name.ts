/** What can be wrong with a name somebody chose for a folder; the words for it stand where it is shown. */
export type FolderNameFlaw = 'empty' | 'too-long' | 'control' | 'delimiter' | 'wildcard' | 'dots';

/**
 * Longest name of one folder, in UTF-16 units: at worst 3 bytes each in the modified UTF-7 of servers (RFC 3501 5.1.3), so
 * that one level stays below the 255 bytes of the file systems behind many of them.
 */
export const FOLDER_NAME_MAX = 80;

/** The name as it is used: without spaces around it, composed, so that it is the same however it was typed. */
export function tidyFolderName(name: string): string {
  return name.trim().normalize('NFC');
}

/** Null for a name a folder can have where levels are told apart by `delimiter` (null = no levels there). */
export function folderNameFlaw(tidy: string, delimiter: string | null): FolderNameFlaw | null {
  if (tidy === '') return 'empty';
  if (tidy.length > FOLDER_NAME_MAX) return 'too-long';
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(tidy)) return 'control';
  if (delimiter !== null && tidy.includes(delimiter)) return 'delimiter';
  // Servers read these as "any name" when folders are listed.
  if (/[%*]/.test(tidy)) return 'wildcard';
  return /^\.+$/.test(tidy) ? 'dots' : null;
}
