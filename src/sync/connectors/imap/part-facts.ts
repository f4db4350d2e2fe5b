/** Attachments as the body structure announces them. */
import type { PartFacts } from '../../../shared/observation';
import { decodeBytes } from '../../mime/charset';
import { decodeWords } from '../../mime/encoded-words';
import { isOwnText, type StructurePart } from './body-structure';

/** What is not the message's own text; sizes are estimates until the part is downloaded. */
export function toPartFacts(parts: readonly StructurePart[]): PartFacts[] {
  return parts.filter((part) => !isOwnText(part)).map(toPart);
}

/** Pictures of the text do not count: a signature logo is no attachment. */
export function hasAttachment(parts: readonly PartFacts[]): boolean {
  return parts.some((part) => !part.inline && !/^application\/(pgp|pkcs7)-signature$/.test(part.mediaType));
}

function toPart(part: StructurePart): PartFacts {
  const filename =
    decodeParameter(part.dispositionParameters, 'filename') ?? decodeParameter(part.parameters, 'name') ?? '';
  const related = part.parentType === 'multipart/related' && part.contentId !== null;
  return {
    section: part.section,
    filename: filename.replace(/^.*[/\\]/, ''),
    mediaType: part.mediaType,
    size: part.encoding === 'base64' ? Math.floor((part.bytes * 57) / 78) : part.bytes,
    contentId: part.contentId,
    inline: part.disposition === 'attachment' ? false : part.disposition === 'inline' && part.contentId !== null ? true : related,
  };
}

/** RFC 2231 continuations and charsets, else encoded words, else raw UTF-8: senders use all of them. */
export function decodeParameter(parameters: ReadonlyMap<string, string>, name: string): string | null {
  const plain = parameters.get(name);
  const whole = parameters.get(`${name}*`);
  if (whole !== undefined) return decodeExtended([[whole, true]]);
  const pieces: [string, boolean][] = [];
  for (let at = 0; at < 100; at++) {
    const encoded = parameters.get(`${name}*${at}*`);
    const text = parameters.get(`${name}*${at}`);
    if (encoded === undefined && text === undefined) break;
    pieces.push(encoded === undefined ? [text ?? '', false] : [encoded, true]);
  }
  if (pieces.length > 0) return decodeExtended(pieces);
  if (plain === undefined) return null;
  return decodeWords(decodeBytes(Buffer.from(plain, 'latin1'), null).text);
}

function decodeExtended(pieces: readonly (readonly [string, boolean])[]): string {
  let charset: string | null = null;
  const bytes = pieces.map(([piece, encoded], index) => {
    let text = piece;
    const marks = index === 0 && encoded ? /^([^']*)'[^']*'/.exec(piece) : null;
    if (marks) {
      charset = marks[1] || null;
      text = piece.slice(marks[0].length);
    }
    return Buffer.from(encoded ? percentDecode(text) : text, 'latin1');
  });
  return decodeBytes(Buffer.concat(bytes), charset).text;
}

function percentDecode(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
