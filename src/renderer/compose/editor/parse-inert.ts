/** What this module needs of Trusted Types, which the type library does not know yet. */
interface Factory {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string },
  ): { createHTML(html: string): string };
}

/**
 * The one policy that may turn text into elements in the app's document (ADR 0160). Its result goes nowhere but into an
 * inert document below: no script runs there, nothing is loaded, and only what the letter's schema knows is taken out.
 */
const policy = (window as unknown as { trustedTypes?: Factory }).trustedTypes?.createPolicy(
  'homeport-letter',
  { createHTML: (html) => html },
);

const STYLE_HOLDER = 'data-held-style';
/** Elements whose text is no text of the letter. */
const NOT_TEXT = 'style, script, template, title, head, meta, link, noscript, iframe, object, svg, math';

/**
 * HTML of a draft or the clipboard as elements of an inert document. Styles are set by code afterwards: the window's
 * policy forbids style attributes in markup, also there, and would report each one.
 */
export function parseInert(html: string): HTMLElement {
  const held = holdStyles(html.replace(/<!--[\s\S]*?-->/g, ''));
  const trusted = policy?.createHTML(held) ?? held;
  const { body } = new DOMParser().parseFromString(trusted, 'text/html');
  for (const element of body.querySelectorAll(NOT_TEXT)) element.remove();
  for (const element of body.querySelectorAll<HTMLElement>(`[${STYLE_HOLDER}]`)) {
    element.style.cssText = element.getAttribute(STYLE_HOLDER) ?? '';
    element.removeAttribute(STYLE_HOLDER);
  }
  return body;
}

/** A start tag: its name, then attributes with quoted, bare or no values. */
const START_TAG =
  /<[a-z][^\s/>]*(?:\s*\/?\s*[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*\/?>/gi;
const STYLE_NAME = /(\s)style(?=\s*=)/gi;

/** Style sheets are taken out and style attributes renamed, so that the browser does not see them as styles. */
export function holdStyles(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, '')
    .replace(START_TAG, (tag) => renameStyle(tag));
}

function renameStyle(tag: string): string {
  // Values may hold the word too: only names outside of quotes count.
  return tag
    .split(/("[^"]*"|'[^']*')/)
    .map((piece, at) => (at % 2 === 0 ? piece.replace(STYLE_NAME, `$1${STYLE_HOLDER}`) : piece))
    .join('');
}
