import { MAX_DEPTH, MAX_ELEMENTS } from './limits';

/** One element with what is inside it; `text` is its own character data without that of its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = '[A-Za-z_][\\w.:-]*';
const TOKEN = new RegExp(
  `<!--[\\s\\S]*?-->|<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|<\\?[\\s\\S]*?\\?>|</(${NAME})\\s*>|<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>|([^<]+)`,
  'y',
);
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');

/**
 * XML of a stranger, without document types and without entities but the five of XML itself (SYNC-027). Null for anything
 * that is not well-formed, holds a declaration, or is larger than makes sense.
 */
export function readXml(source: string): XmlElement | null {
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open: XmlElement[] = [root];
  let elements = 0;
  TOKEN.lastIndex = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (TOKEN.lastIndex < source.length) {
    const token = TOKEN.exec(source);
    const inside = open.at(-1);
    if (!token || !inside) return null;
    const [, data, closed, opened, attributes = '', empty, text] = token;
    if (data !== undefined) inside.text += data;
    else if (text !== undefined) {
      const plain = decode(text);
      if (plain === null) return null;
      inside.text += plain;
    } else if (closed !== undefined) {
      if (open.length === 1 || open.pop()?.name !== closed) return null;
    } else if (opened !== undefined) {
      elements += 1;
      const element = { name: opened, attributes: readAttributes(attributes), children: [], text: '' };
      inside.children.push(element);
      if (empty === '') open.push(element);
      if (elements > MAX_ELEMENTS || open.length > MAX_DEPTH) return null;
    }
  }
  return open.length === 1 && root.children.length === 1 && root.text.trim() === ''
    ? (root.children[0] ?? null)
    : null;
}

function readAttributes(source: string): ReadonlyMap<string, string> {
  const found = [...source.matchAll(ATTRIBUTE)].map(
    ([, name = '', double, single]) => [name, decode(double ?? single ?? '') ?? ''] as const,
  );
  return new Map(found);
}

/** Null for an entity that only a document type could have declared. */
function decode(text: string): string | null {
  let unknown = false;
  const plain = text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[^;&\s]{1,40});|&/gi, (_all, name?: string) => {
    const known = name?.startsWith('#') ? character(name) : PREDEFINED[name ?? ''];
    if (known === undefined) unknown = true;
    return known ?? '';
  });
  return unknown ? null : plain;
}

function character(reference: string): string | undefined {
  const code = /^#x/i.test(reference)
    ? Number.parseInt(reference.slice(2), 16)
    : Number.parseInt(reference.slice(1), 10);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined;
}
