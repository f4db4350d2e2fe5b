/** HTML as a tree that can be walked without recursion: strangers nest as deep as they like. */
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

export interface HtmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly HtmlNode[];
}
export type HtmlNode = string | HtmlElement;

/** Deeper elements lose their tags and keep their text; mail that people write does not come near. */
const MAX_DEPTH = 200;

/**
 * What stands in the body of a document, or in a fragment: elements and text as a browser would see them. Comments,
 * doctypes and foreign content (SVG, MathML) are left out.
 */
export function readHtml(html: string): readonly HtmlNode[] {
  const isDocument = /<(html|body|head)[\s>]/i.test(html);
  if (!isDocument) return childrenOf(parseFragment(html).childNodes);
  // A document without a doctype is nested by older rules than the one it is put into.
  const root = parse(`<!DOCTYPE html>${html}`).childNodes.find((node) => node.nodeName === 'html');
  const body = (root && 'childNodes' in root ? root.childNodes : []).find(
    ({ nodeName }) => nodeName === 'body',
  );
  return body ? childrenOf([body]) : [];
}

interface Open {
  readonly nodes: readonly Node[];
  next: number;
  readonly into: HtmlNode[];
}

function childrenOf(nodes: readonly Node[]): HtmlNode[] {
  const result: HtmlNode[] = [];
  const stack: Open[] = [{ nodes, next: 0, into: result }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const node = top.nodes[top.next++];
    if (!node) {
      stack.pop();
      continue;
    }
    if (node.nodeName === '#text' && 'value' in node) top.into.push(node.value);
    if (!('tagName' in node) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') continue;
    const children: HtmlNode[] = [];
    // Beyond the bound the text goes into the last element that is kept.
    const isKept = stack.length <= MAX_DEPTH;
    if (isKept) {
      const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
      top.into.push({ name: node.tagName, attributes, children });
    }
    stack.push({ nodes: node.childNodes, next: 0, into: isKept ? children : top.into });
  }
  return result;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"\u00a0]/g, (char) => ESCAPES[char] ?? char);
}

const VOID = new Set(['br', 'hr', 'img', 'col']);

export function isVoid(name: string): boolean {
  return VOID.has(name);
}
