/** Attachments as the body structure announces them. */
import type { PartFacts } from '../../../shared/observation';
import { decodeParameters } from '../../mime/mime-parameters';
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
    decodeParameters(part.dispositionParameters).get('filename') ??
    decodeParameters(part.parameters).get('name') ??
    '';
  const related = part.parentType === 'multipart/related' && part.contentId !== null;
  return {
    section: part.section,
    filename: filename.replace(/^.*[/\\]/, ''),
    mediaType: part.mediaType,
    size: part.encoding === 'base64' ? Math.floor((part.bytes * 57) / 78) : part.bytes,
    contentId: part.contentId,
    inline:
      part.disposition !== 'attachment' &&
      (related || (part.disposition === 'inline' && part.contentId !== null)),
  };
}
