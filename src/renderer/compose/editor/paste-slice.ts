import { Fragment, type ResolvedPos, DOMParser as SchemaParser, Slice } from '@tiptap/pm/model';
import { parseInert } from './parse-inert';

/** Written by office programs for themselves; none of it is text. */
const OFFICE_PARTS =
  'o\\:p, xml, w\\:sdt > style, [style*="mso-element:comment"], [style*="mso-hide:all"], .MsoCommentReference';
/** What ProseMirror writes around its own clipboard. */
const OWN = /data-pm-slice="/;

/**
 * What of pasted HTML comes into the letter (APP-140): structure and emphasis, links that lead to the web or to an
 * address. Colours, fonts, sizes and pictures of strangers stay out; from our own editor colours and sizes come along.
 */
export function pasteSlice(html: string, context: ResolvedPos): Slice {
  const body = parseInert(html);
  body.querySelectorAll(OFFICE_PARTS).forEach((element) => void element.remove());
  const own = OWN.test(html);
  if (!own) {
    for (const element of body.querySelectorAll<HTMLElement>('*')) keepEmphasis(element);
    for (const list of body.querySelectorAll('p.MsoListParagraph, p[class^="MsoListParagraph"]'))
      plainBullet(list);
  }
  for (const link of body.querySelectorAll('a'))
    for (const { name } of [...link.attributes]) if (name !== 'href') link.removeAttribute(name);
  // The editor's own schema: nodes of another one fit nowhere.
  const slice = SchemaParser.fromSchema(context.doc.type.schema).parseSlice(body, { context });
  return Slice.maxOpen(withoutSignatures(slice.content), true);
}

const KEPT_STYLES = ['font-weight', 'font-style', 'text-decoration', 'text-decoration-line'] as const;

/** Of the styles only those that mean something: bold, italic, underlined, struck through. */
function keepEmphasis(element: HTMLElement): void {
  // Google Docs wraps everything in a <b> that says it is not bold.
  const wrapper = element.tagName === 'B' && element.style.fontWeight === 'normal';
  if (wrapper) {
    element.replaceWith(...element.childNodes);
    return;
  }
  const kept = KEPT_STYLES.map((name) => [name, element.style.getPropertyValue(name)] as const);
  element.removeAttribute('style');
  for (const [name, value] of kept) if (value !== '') element.style.setProperty(name, value);
  element.removeAttribute('color');
}

/** Word writes bullets as text in front of a paragraph, in a span that other programs are told to ignore. */
function plainBullet(paragraph: Element): void {
  const marker = paragraph.querySelector('span')?.textContent ?? '';
  if (!/^\s*([·•o§▪-]|\d+[.)])[\s\u00a0]*$/.test(marker)) return;
  paragraph.querySelector('span')?.remove();
  const item = document.createElement('li');
  item.append(...paragraph.childNodes);
  const kind = /\d/.test(marker) ? 'OL' : 'UL';
  const before = paragraph.previousElementSibling;
  const list = before?.tagName === kind ? before : document.createElement(kind);
  list.append(item);
  if (list === before) paragraph.remove();
  else paragraph.replaceWith(list);
}

/** A pasted letter must not bring a second signature along that changes with the identity. */
function withoutSignatures(content: Fragment): Fragment {
  let kept = Fragment.empty;
  content.forEach((node) => {
    kept = node.type.name === 'signature' ? kept.append(node.content) : kept.addToEnd(node);
  });
  return kept;
}
