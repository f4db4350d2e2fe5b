/** BODYSTRUCTURE (RFC 9051 7.5.2) as a tree of parts, without downloading any of them. */
import { MAX_PARTS } from './limits';
import { type Token, tokenList, tokenNumber, tokenText } from './tokens';

export interface StructurePart {
  /** '1', '2.1'; what BODY.PEEK[…] wants. */
  readonly section: string;
  /** Lower case: 'text/plain'. */
  readonly mediaType: string;
  /** Lower-case names; RFC 2231 continuations and charsets still as sent ('filename*0*'). */
  readonly parameters: ReadonlyMap<string, string>;
  readonly disposition: string | null;
  readonly dispositionParameters: ReadonlyMap<string, string>;
  /** Without angle brackets. */
  readonly contentId: string | null;
  /** Lower case: 'base64'. */
  readonly encoding: string;
  /** Encoded bytes. */
  readonly bytes: number;
  /** Media type of the multipart it stands in, '' at the top. */
  readonly parentType: string;
  /** The first of its siblings: of multipart/related that is the text, the others are its pictures. */
  readonly first: boolean;
}

/** The leaves in order; message/rfc822 counts as a leaf (an attached message). Tolerates anything. */
export function readStructure(token: Token | undefined): StructurePart[] {
  const parts: StructurePart[] = [];
  collect(tokenList(token), '', '', true, parts);
  return parts;
}

function collect(
  node: readonly Token[],
  section: string,
  parentType: string,
  first: boolean,
  into: StructurePart[],
): void {
  if (into.length >= MAX_PARTS) return;
  const childCount = node.findIndex((token) => !Array.isArray(token));
  if (childCount !== 0 && Array.isArray(node[0])) {
    const children = childCount < 0 ? node : node.slice(0, childCount);
    const type = `multipart/${(tokenText(childCount < 0 ? null : node[childCount]) ?? 'mixed').toLowerCase()}`;
    for (const [index, child] of children.entries()) {
      collect(
        tokenList(child),
        section === '' ? `${index + 1}` : `${section}.${index + 1}`,
        type,
        index === 0,
        into,
      );
    }
    return;
  }
  if (node.length < 7) return;
  into.push(readLeaf(node, section === '' ? '1' : section, parentType, first));
}

function readLeaf(
  node: readonly Token[],
  section: string,
  parentType: string,
  first: boolean,
): StructurePart {
  const type = (tokenText(node[0]) ?? 'application').toLowerCase();
  const subtype = (tokenText(node[1]) ?? 'octet-stream').toLowerCase();
  // Extension data: [md5, disposition, …] after the fields of the type.
  const extension = type === 'text' ? 8 : type === 'message' && subtype === 'rfc822' ? 10 : 7;
  const disposition = tokenList(node[extension + 1]);
  return {
    section,
    mediaType: `${type}/${subtype}`,
    parameters: readParameters(node[2]),
    disposition: tokenText(disposition[0])?.toLowerCase() ?? null,
    dispositionParameters: readParameters(disposition[1]),
    contentId: tokenText(node[3])?.replace(/^\s*<|>\s*$/g, '') ?? null,
    encoding: (tokenText(node[5]) ?? '7bit').toLowerCase(),
    bytes: tokenNumber(node[6]) ?? 0,
    parentType,
    first,
  };
}

function readParameters(token: Token | undefined): ReadonlyMap<string, string> {
  const list = tokenList(token);
  const parameters = new Map<string, string>();
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = tokenText(list[at])?.toLowerCase();
    const value = tokenText(list[at + 1]);
    if (name && value !== null && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** The message's own text as the reader shows it; the rule is the one of mime/parse-message. */
export function isOwnText(part: StructurePart): boolean {
  if (part.mediaType !== 'text/plain' && part.mediaType !== 'text/html') return false;
  return part.disposition !== 'attachment' && !(part.parentType === 'multipart/related' && !part.first);
}
