import { type MimePart, readMimeTree } from './mime-tree';
import { parseMessage } from './parse-message';

/** What our letters are made of; anything else around parts means something that is lost when it is written again. */
const KNOWN_FRAMES = new Set(['multipart/mixed', 'multipart/alternative', 'multipart/related']);
const KNOWN_TEXTS = new Set(['text/plain', 'text/html']);
/** Elements that our editor does not have and that change what is read when they are gone. */
const FOREIGN = /<(style|form|input|button|select|svg|math|map|video|audio|object|iframe|script)[\s>/]/i;

/** Whether our editor can take a draft apart and write it again without losing anything but a way of writing it (SYNC-304). */
export function isEditable(source: Uint8Array): boolean {
  const { text, html, protection, truncated } = parseMessage(source);
  if (protection !== 'none' || truncated || FOREIGN.test(html ?? '')) return false;
  const { root, problems } = readMimeTree(source);
  return problems.length === 0 && (text !== null || html !== null || isEmpty(root)) && isKnown(root);
}

/** A draft nobody has written a word in. */
function isEmpty(root: MimePart): boolean {
  return root.children.length === 0;
}

function isKnown(part: MimePart): boolean {
  if (part.children.length === 0) return true;
  if (!KNOWN_FRAMES.has(part.type.value)) return false;
  const texts = part.children.filter(({ type }) => KNOWN_TEXTS.has(type.value));
  // A third way to say the same, for instance an invitation, would become a file beside it.
  if (part.type.value === 'multipart/alternative' && texts.length + framed(part) < part.children.length)
    return false;
  return part.children.every(isKnown);
}

function framed({ children }: MimePart): number {
  return children.filter((child) => child.children.length > 0).length;
}
