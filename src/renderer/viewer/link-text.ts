/** Nothing of a link's text beyond is looked at. In elements and in characters. */
const MAX_ELEMENTS = 200;
const MAX_CHARS = 500;
/** Smaller text cannot be read. In pixels. */
const MIN_SIZE = 4;

/**
 * What people read on a link (APP-085): words that are hidden or too small do not count, words that style sheets write,
 * descriptions of pictures and text drawn backwards do. The app compares it with where the link leads.
 */
export function linkText(link: Element): string {
  const text = read(link, { elements: 0 }).replace(/\s+/g, ' ').trim();
  // Drawn from the other side, so read from there as well.
  const shown = isTurned(link) ? `${Array.from(text).reverse().join('')} ${text}` : text;
  return shown.slice(0, MAX_CHARS);
}

function read(element: Element, seen: { elements: number }): string {
  if (++seen.elements > MAX_ELEMENTS || !element.checkVisibility({ opacityProperty: true })) return '';
  const style = getComputedStyle(element);
  const isRead = style.visibility === 'visible' && Number.parseFloat(style.fontSize) >= MIN_SIZE;
  let text = isRead ? written(element, '::before') : '';
  for (const node of element.childNodes) {
    if (node instanceof Element) text += read(node, seen);
    else if (node.nodeType === Node.TEXT_NODE && isRead) text += node.textContent ?? '';
  }
  if (element instanceof HTMLImageElement) text += ` ${element.alt} `;
  return text + (isRead ? written(element, '::after') : '');
}

/** Text a style sheet adds; what is not a plain string draws no words. */
function written(element: Element, place: '::before' | '::after'): string {
  const strings = getComputedStyle(element, place).content.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return strings.map((text) => text.slice(1, -1).replace(/\\(.)/g, '$1')).join('');
}

function isTurned(link: Element): boolean {
  return [link, ...link.querySelectorAll('*')].slice(0, MAX_ELEMENTS).some((element) => {
    const { unicodeBidi, direction } = getComputedStyle(element);
    return unicodeBidi.includes('override') && direction === 'rtl';
  });
}
