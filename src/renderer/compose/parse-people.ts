import { addressParser } from 'postal-mime';
import type { Person } from '../../shared/domain';

/** One @, something on both sides, nothing that ends an address (RFC 5322 section 3.4.1, RFC 6531). */
const ADDRESS = /^[^\s@<>(),;:\\"[\]]+@[^\s@<>(),;:\\"]+$/u;

/** Whether mail could be sent there; the server has the last word. */
export function isAddress(address: string): boolean {
  return ADDRESS.test(address) || /^"[^"]+"@[^\s@<>(),;:\\"]+$/u.test(address);
}

/**
 * People in what was typed or pasted: lists with commas, semicolons or lines, groups, names with addresses (APP-123). What
 * is no address stays as it was written, so that it can be seen and corrected.
 */
export function parsePeople(text: string): Person[] {
  const list = text
    .trim()
    .replace(/[\r\n\t]+/g, ',')
    // Outlook separates by semicolons, which in the standard end a group.
    .replace(/;(?![^,"]*")/g, (semicolon) => (/^[^:"]*:[^@]*@/.test(text) ? semicolon : ','));
  if (list === '') return [];
  const found = addressParser(list, { flatten: true }).flatMap(({ name, address }) => {
    const words = name.trim().split(/\s+/).filter(Boolean);
    const written = address?.trim() ?? '';
    // Addresses with nothing but blanks between them: the parser takes the others for a name.
    const others = words.every(isAddress) ? words.map((one) => ({ name: '', address: one })) : null;
    if (written === '') return others ?? [{ name: '', address: name.trim() }];
    return others === null || name.trim() === written
      ? [{ name: name.trim(), address: written }]
      : [{ name: '', address: written }, ...others];
  });
  return found.map(({ name, address }) => ({
    name: name === address ? '' : name,
    address: address.replace(/^mailto:/i, ''),
  }));
}

/** Adds people who are not in a list yet. */
export function addPeople(list: readonly Person[], more: readonly Person[]): Person[] {
  const known = new Set(list.map(({ address }) => address.toLowerCase()));
  const added = more.filter(({ address }) => {
    const key = address.toLowerCase();
    return known.has(key) ? false : known.add(key);
  });
  return [...list, ...added];
}
