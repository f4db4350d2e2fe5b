import { decodeWords } from 'postal-mime';

/** One field of a header block, unfolded. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/**
 * The fields of a raw header block, in order, unfolded and with encoded words decoded, for people to read (APP-095).
 * What is no field stays visible as one without a name.
 */
export function headerFields(raw: string): HeaderField[] {
  const lines = raw
    .replace(/\r\n?/g, '\n')
    .replace(/\n(?=[ \t])/g, '')
    .split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/s.exec(line);
      return match === null
        ? { name: '', value: line }
        : { name: match[1] ?? '', value: decodeWords(match[2] ?? '').trim() };
    });
}
