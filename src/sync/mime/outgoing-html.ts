/**
 * HTML before it is sent (APP-121): what a person can write, small and inlined. No scripts, no forms, nothing that is
 * loaded from elsewhere by being looked at; a link is a link.
 */
import { escapeHtml, type HtmlElement, type HtmlNode, isVoid, readHtml } from './html-tree';
import { cleanStyle } from './outgoing-style';

export type HtmlProfile =
  /** What our own editor writes. */
  | { readonly kind: 'own' }
  /** What somebody else wrote and is passed along: its looks stay, pictures from elsewhere only where that is wanted. */
  | { readonly kind: 'quoted'; readonly remoteImages: boolean; readonly knownIds: ReadonlySet<string> };

export interface CleanHtml {
  readonly html: string;
  /** Content-IDs of the pictures in it, without angle brackets. */
  readonly contentIds: readonly string[];
}

const TEXT_ELEMENTS =
  'a abbr b blockquote br code div em h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre q s small span strong sub sup u ul';
const TABLE_ELEMENTS = 'caption col colgroup table tbody td tfoot th thead tr';
const OWN_ELEMENTS = new Set(`${TEXT_ELEMENTS} ${TABLE_ELEMENTS} del ins strike`.split(' '));
const QUOTED_ELEMENTS = new Set(
  `${[...OWN_ELEMENTS].join(' ')} address article aside big center cite dd dfn dl dt figcaption figure font footer header main mark nav samp section tt var wbr`.split(
    ' ',
  ),
);
/** Gone with everything in them. */
const DROPPED = new Set(
  'script style template noscript noembed noframes iframe frame frameset object embed applet audio video canvas title head meta link base input button select textarea option datalist dialog'.split(
    ' ',
  ),
);
const PLAIN_ATTRIBUTES = new Set('alt colspan dir height lang rowspan start title type width'.split(' '));
const LOOKS = new Set('align bgcolor border cellpadding cellspacing color face size valign'.split(' '));
const MAX_ATTRIBUTE = 2_000;

/** Cleans a fragment, or the body of a document. The result is well formed whatever went in. */
export function cleanHtml(html: string, profile: HtmlProfile): CleanHtml {
  const { text, contentIds } = clean(html, profile, false);
  return { html: text, contentIds };
}

/** What our own editor wrote, cleaned, its signature apart; '' where there is none (APP-135). */
export function cleanLetter(html: string): CleanHtml & { readonly signature: string } {
  const { text, signature, contentIds } = clean(html, { kind: 'own' }, true);
  return { html: text, signature, contentIds };
}

function clean(html: string, profile: HtmlProfile, signatureApart: boolean) {
  const text: string[] = [];
  const signature: string[] = [];
  const contentIds = new Set<string>();
  const stack: {
    readonly nodes: readonly HtmlNode[];
    next: number;
    readonly end: string;
    readonly out: string[];
  }[] = [{ nodes: readHtml(html), next: 0, end: '', out: text }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const node = top.nodes[top.next++];
    if (node === undefined) {
      top.out.push(top.end);
      stack.pop();
    } else if (typeof node === 'string') top.out.push(escapeHtml(node));
    else if (!DROPPED.has(node.name)) {
      const tag = tagOf(node, profile, contentIds);
      const out = signatureApart && node.attributes.has('data-signature') ? signature : top.out;
      out.push(tag.start);
      stack.push({
        nodes: tag.start !== '' && isVoid(node.name) ? [] : node.children,
        next: 0,
        end: tag.end,
        out,
      });
    }
  }
  return { text: text.join(''), signature: signature.join(''), contentIds: [...contentIds] };
}

const NO_TAG = { start: '', end: '' };

function tagOf(
  element: HtmlElement,
  profile: HtmlProfile,
  contentIds: Set<string>,
): { readonly start: string; readonly end: string } {
  if (element.name === 'img') return { start: pictureOf(element, profile, contentIds), end: '' };
  // The body of a quoted document has colours that its text relies on.
  const name = element.name === 'body' ? 'div' : renamed(element.name, profile);
  const known = profile.kind === 'own' ? OWN_ELEMENTS : QUOTED_ELEMENTS;
  if (!known.has(name)) return NO_TAG;
  const attributes = attributesOf(element, name, profile);
  // An element that says nothing is only weight.
  if (attributes === '' && (name === 'span' || name === 'font' || element.name === 'body')) return NO_TAG;
  if (name === 'a' && !attributes.includes(' href=')) return NO_TAG;
  return { start: `<${name}${attributes}>`, end: isVoid(name) ? '' : `</${name}>` };
}

/** Old editing commands write `font`; its colour becomes a style. */
function renamed(name: string, { kind }: HtmlProfile): string {
  return kind === 'own' && name === 'font' ? 'span' : name;
}

function attributesOf(element: HtmlElement, name: string, profile: HtmlProfile): string {
  const kept: string[] = [];
  const add = (attribute: string, value: string): void => {
    kept.push(` ${attribute}="${escapeHtml(value)}"`);
  };
  let style = cleanStyle(element.attributes.get('style') ?? '', profile.kind);
  for (const [attribute, value] of element.attributes) {
    if (value.length > MAX_ATTRIBUTE) continue;
    if (attribute === 'href' && name === 'a') {
      const href = linkOf(value);
      if (href !== null) add('href', href);
    } else if (PLAIN_ATTRIBUTES.has(attribute)) {
      if (/^[\w%#.,:;() -]*$/u.test(value) || attribute === 'alt' || attribute === 'title')
        add(attribute, value);
    } else if (profile.kind === 'quoted' && LOOKS.has(attribute)) {
      if (/^[\w%#., -]*$/.test(value)) add(attribute, value);
    } else if (element.name === 'font' && attribute === 'color') {
      style = [style, cleanStyle(`color:${value}`, 'own')].filter(Boolean).join(';');
    }
  }
  if (style !== '') add('style', style);
  return kept.join('');
}

/** Where a person may want to go; anything else is no link. */
function linkOf(value: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers leave these out, so they must not hide a scheme
  const href = value.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return /^(https?:\/\/|mailto:|tel:)/i.test(href) ? href : null;
}

/** A picture of the message itself; from elsewhere only where that is wanted. What is left out leaves its words. */
function pictureOf(element: HtmlElement, profile: HtmlProfile, contentIds: Set<string>): string {
  const source = (element.attributes.get('src') ?? '').trim();
  const id = /^cid:(.+)$/i.exec(source)?.[1];
  const contentId = id === undefined ? null : safeDecode(id);
  const isHere = contentId !== null && (profile.kind === 'own' || profile.knownIds.has(contentId));
  const isRemote = profile.kind === 'quoted' && profile.remoteImages && /^https?:\/\//i.test(source);
  if (!isHere && !isRemote) return escapeHtml(element.attributes.get('alt') ?? '');
  if (isHere) contentIds.add(contentId);
  const src = isHere ? `cid:${contentId}` : source;
  const others = new Map([...element.attributes].filter(([name]) => name !== 'src'));
  return `<img src="${escapeHtml(src)}"${attributesOf({ ...element, attributes: others }, 'img', profile)}>`;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A whole document around what was written (and what is quoted): nothing in it but that. */
export function outgoingDocument(body: string): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`;
}
