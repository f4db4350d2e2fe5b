import DOMPurify from 'dompurify';
import { judgeLink } from '../../shared/links';
import { filterDeclarations, filterStylesheet, LINK_ATTRIBUTE, supportsDark } from './css-filter';
import { MESSAGE_PROFILE } from './message-profile';
import type { Pictures } from './pictures';

export interface Sanitised {
  /** In a document of its own: nothing in it loads until it is adopted. */
  readonly body: HTMLElement;
  readonly css: string;
  /** True when the message brings its own dark colours. */
  readonly darkAware: boolean;
  /** True when the style sheets draw pictures of the message that have not arrived. */
  readonly cssWaits: boolean;
}

export interface SanitiseOptions {
  readonly pictures: Pictures;
  readonly scheme: 'light' | 'dark';
  /** Said by pictures that were left out and have no description of their own. */
  readonly blockedLabel: string;
}

/** Marks the places of pictures for the style sheet and for bytes that arrive later. */
export const WAITING_ATTRIBUTE = 'data-hp-cid';
export const BLOCKED_ATTRIBUTE = 'data-hp-blocked';
/** A link to a place inside the message. */
export const ANCHOR_ATTRIBUTE = 'data-hp-anchor';

/** Total of all style sheets; the rest is left out. */
const MAX_CSS_CHARS = 400_000;

/**
 * Turns the HTML of a message into elements that can run, fetch, submit and navigate nothing (APP-082): DOMPurify with
 * a short allow-list, style judged by css-tree, every address replaced by a blob:, by data for the app, or by nothing.
 */
export function sanitise(html: string, options: SanitiseOptions): Sanitised {
  const sheets: string[] = [];
  let darkAware = false;
  let cssWaits = false;
  const context = {
    scheme: options.scheme,
    image: (address: string) => {
      const picture = options.pictures.resolve(address);
      cssWaits ||= picture.kind === 'waiting';
      return picture.kind === 'here' || picture.kind === 'remote' ? picture.url : null;
    },
  };
  DOMPurify.removeAllHooks();
  DOMPurify.addHook('beforeSanitizeElements', (node) => {
    if (isMeta(node)) darkAware ||= /\bdark\b/i.test(node.getAttribute('content') ?? '');
    if (!isStyle(node)) return;
    const css = node.textContent;
    darkAware ||= supportsDark(css);
    const media = node.getAttribute('media') ?? '';
    sheets.push(filterStylesheet(media === '' ? css : `@media ${media}{${css}\n}`, context));
    // Emptied before DOMPurify looks: it discards style elements whose comments resemble markup, as Outlook's do.
    node.textContent = '';
  });
  // With WHOLE_DOCUMENT and RETURN_DOM it answers the html element of an inert document, which has a body.
  const root = DOMPurify.sanitize(html, MESSAGE_PROFILE) as HTMLElement;
  const body = root.querySelector('body') ?? root;
  // The page's own root element stays, so the direction and language of the message's move to its body.
  for (const name of ['dir', 'lang'])
    if (root.hasAttribute(name) && !body.hasAttribute(name))
      body.setAttribute(name, root.getAttribute(name) ?? '');
  for (const style of root.querySelectorAll('style')) style.remove();
  const declarations = new Map<string, string>();
  for (const element of [body, ...body.querySelectorAll<HTMLElement>('*')]) {
    disarm(element, options, (css) => {
      const known = declarations.get(css) ?? filterDeclarations(css, context);
      declarations.set(css, known);
      return known;
    });
  }
  return { body, css: sheets.join('\n').slice(0, MAX_CSS_CHARS), darkAware, cssWaits };
}

function isStyle(node: Node): node is HTMLStyleElement {
  return node.nodeName === 'STYLE' && node instanceof Element;
}

function isMeta(node: Node): node is HTMLMetaElement {
  if (node.nodeName !== 'META' || !(node instanceof Element)) return false;
  return /^(supported-color-schemes|color-scheme)$/i.test(node.getAttribute('name') ?? '');
}

function disarm(element: HTMLElement, options: SanitiseOptions, judge: (css: string) => string): void {
  const background = element.getAttribute('background');
  element.removeAttribute('background');
  const style = element.getAttribute('style') ?? '';
  if (background !== null || style !== '') {
    const address = background === null ? '' : `background-image:url("${CSS.escape(background)}");`;
    const safe = judge(address + style);
    if (safe === '') element.removeAttribute('style');
    else element.setAttribute('style', safe);
  }
  if (element.localName === 'img') disarmImage(element, options);
  else element.removeAttribute('src');
  if (element.hasAttribute('href')) disarmLink(element);
  element.removeAttribute('cite');
}

function disarmImage(image: HTMLElement, { pictures, blockedLabel }: SanitiseOptions): void {
  const picture = pictures.resolve(image.getAttribute('src') ?? '');
  image.removeAttribute('src');
  image.setAttribute('referrerpolicy', 'no-referrer');
  image.setAttribute('draggable', 'false');
  switch (picture.kind) {
    case 'here':
    case 'remote':
      image.setAttribute('src', picture.url);
      break;
    case 'waiting':
      image.setAttribute(WAITING_ATTRIBUTE, picture.contentId);
      break;
    case 'blocked':
      image.setAttribute(BLOCKED_ATTRIBUTE, '');
      if (!image.hasAttribute('alt')) image.setAttribute('aria-label', blockedLabel);
      break;
    case 'none':
      break;
  }
}

/** A link keeps its look and its place in the tab order; where it leads is data for the app (APP-366). */
function disarmLink(link: HTMLElement): void {
  const href = link.getAttribute('href') ?? '';
  link.removeAttribute('href');
  // A title would show an address of the sender's choice where people look for the real one.
  link.removeAttribute('title');
  if (href.startsWith('#')) link.setAttribute(ANCHOR_ATTRIBUTE, href.slice(1));
  else if (judgeLink(href).kind === 'refuse') return;
  else link.setAttribute(LINK_ATTRIBUTE, href.trim());
  link.setAttribute('role', 'link');
  link.setAttribute('tabindex', '0');
}
