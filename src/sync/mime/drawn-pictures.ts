import { PICTURE_TYPE } from '../../shared/viewer/picture-type';
import { decodeEntities } from './html-entities';

interface Part {
  readonly contentId: string | null;
  readonly mediaType: string;
}

/**
 * The parts that people see inside the HTML: pictures it names by `cid:` (RFC 2392). All others are files, whatever their
 * sender says about them, or nobody would ever see them.
 */
export function drawnPictures<T extends Part>(html: string | null, parts: readonly T[]): ReadonlySet<T> {
  const named = html === null ? new Set<string>() : contentIdsIn(html);
  return new Set(
    parts.filter(
      ({ contentId, mediaType }) =>
        contentId !== null && named.has(contentId) && PICTURE_TYPE.test(mediaType),
    ),
  );
}

function contentIdsIn(html: string): Set<string> {
  const ids = new Set<string>();
  for (const [, written = ''] of html.matchAll(/cid:([^"'\s>)]{1,1000})/gi)) {
    const id = decodeEntities(written);
    ids.add(id);
    ids.add(percentDecoded(id).replace(/^<|>$/g, ''));
  }
  return ids;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
