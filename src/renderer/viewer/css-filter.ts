import generate from 'css-tree/generator';
import type { CssNode } from 'css-tree/node';
import parse from 'css-tree/parser';
import walk from 'css-tree/walker';

export interface CssContext {
  /** The scheme `prefers-color-scheme` answers with. */
  readonly scheme: 'light' | 'dark';
  /** The address to draw a url() from, or null to leave its declaration out. */
  readonly image: (address: string) => string | null;
}

/** Longer style sheets and attributes are left out: a bound on work, far above what real mail has. */
const MAX_SHEET_CHARS = 200_000;
const MAX_ATTRIBUTE_CHARS = 20_000;

/** Attribute our links carry instead of href; `:link` in a message means these. */
export const LINK_ATTRIBUTE = 'data-hp-href';

/**
 * Rewrites a style sheet of a message so that it can neither fetch nor leave its place: only style rules in @media and
 * @supports stay, with declarations judged one by one (APP-082). What does not parse is left out.
 */
export function filterStylesheet(css: string, context: CssContext): string {
  return css.length > MAX_SHEET_CHARS ? '' : filter(css, 'stylesheet', context);
}

/** The same for the value of a style attribute. */
export function filterDeclarations(css: string, context: CssContext): string {
  return css.length > MAX_ATTRIBUTE_CHARS ? '' : filter(css, 'declarationList', context);
}

function filter(css: string, kind: 'stylesheet' | 'declarationList', context: CssContext): string {
  try {
    const root = parse(css, { context: kind, parseCustomProperty: true, onParseError: () => {} });
    keepChildren(root, context);
    return generate(root);
  } catch (error) {
    // css-tree recurses: nesting deeper than its stack is no style a message needs.
    if (error instanceof RangeError) return '';
    throw error;
  }
}

/** True when the message brings its own dark colours (APP-088). */
export function supportsDark(css: string): boolean {
  return /prefers-color-scheme\s*:\s*dark|color-scheme\s*:[^;}]*\bdark\b/i.test(
    css.slice(0, MAX_SHEET_CHARS),
  );
}

function keepChildren(parent: CssNode, context: CssContext): void {
  if (parent.children) parent.children = parent.children.filter((node) => keep(node, context));
}

function keep(node: CssNode, context: CssContext): boolean {
  switch (node.type) {
    case 'Declaration':
      return keepDeclaration(node, context);
    case 'Rule':
      if (node.prelude?.type !== 'SelectorList' || !node.block) return false;
      walk(node.prelude, rewriteLinkSelector);
      keepChildren(node.block, context);
      return true;
    case 'Atrule':
      if (!ALLOWED_ATRULES.has(String(node.name).toLowerCase())) return false;
      if (node.prelude?.type !== 'AtrulePrelude' || !node.block) return false;
      walk(node.prelude, (part) => answerSchemeQuery(part, context.scheme));
      keepChildren(node.block, context);
      return true;
    default:
      return false;
  }
}

const ALLOWED_ATRULES = new Set(['media', 'supports']);

/** Links of the message lost their href, so `:link` must name them in another way. */
function rewriteLinkSelector(node: CssNode): void {
  if (node.type !== 'PseudoClassSelector' || (node.name !== 'link' && node.name !== 'any-link')) return;
  node.type = 'AttributeSelector';
  node.name = { type: 'Identifier', name: LINK_ATTRIBUTE };
  node.matcher = null;
  node.value = null;
  node.flags = null;
}

/** The frame's own media query would ask the system, not the app's theme: answered here instead. */
function answerSchemeQuery(node: CssNode, scheme: CssContext['scheme']): void {
  if (node.type !== 'Feature' || node.name !== 'prefers-color-scheme') return;
  const wanted = typeof node.value === 'object' ? node.value?.name : undefined;
  node.name = wanted === scheme ? 'min-width' : 'max-width';
  node.value = { type: 'Dimension', value: '0', unit: 'px' };
}

const PROPERTY = /^(--[\w-]+|-?[a-z][a-z0-9-]*)$/i;
const FORBIDDEN_PROPERTY = /^(-moz-binding|behavior|-ms-behavior|animation.*|transition.*|will-change|src)$/i;
const ALLOWED_POSITIONS = new Set(['static', 'relative', 'absolute']);
const ALLOWED_FUNCTION =
  /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|calc|min|max|clamp|var|(-webkit-|-moz-|-o-)?(repeating-)?(linear|radial|conic)-gradient|(translate|scale|rotate|skew)[xyz]?|matrix|blur|brightness|contrast|grayscale|opacity|saturate|drop-shadow|inset|circle|ellipse|polygon|repeat|minmax|fit-content|counters?)$/i;

function keepDeclaration(node: CssNode, context: CssContext): boolean {
  const property = (node.property ?? '').replace(/^-(webkit|ms|o)-/i, '').toLowerCase();
  // Escapes in names (p\6fsition) fail here; values css-tree could not read come as Raw.
  if (!PROPERTY.test(node.property ?? '') || FORBIDDEN_PROPERTY.test(property)) return false;
  if (typeof node.value !== 'object' || node.value?.type !== 'Value') return false;
  if (property === 'position' && !isOneOf(node.value, ALLOWED_POSITIONS)) return false;
  if (property === 'background') takeOutPictures(node.value, context);
  let safe = true;
  walk(node.value, (part) => {
    safe &&= keepValue(part, context);
  });
  return safe;
}

/**
 * A background of picture and colour keeps its colour where the picture may not be drawn: white text stands on it.
 * Without a colour nothing is taken out, and the declaration falls as a whole.
 */
function takeOutPictures(value: CssNode, context: CssContext): void {
  const parts = value.children;
  if (!parts?.some((part) => isColour(part))) return;
  value.children = parts.filter((part) => part.type !== 'Url' || context.image(String(part.value)) !== null);
}

function isColour(node: CssNode): boolean {
  if (node.type === 'Hash') return true;
  const name = String(node.name);
  if (node.type === 'Function') return /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)$/i.test(name);
  return node.type === 'Identifier' && !NO_COLOUR.test(name);
}

/** The words of a background that are no colour. */
const NO_COLOUR =
  /^(none|transparent|initial|inherit|unset|revert|repeat|repeat-x|repeat-y|no-repeat|space|round|scroll|fixed|local|left|right|top|bottom|center|cover|contain|auto|border-box|padding-box|content-box|text)$/i;

function isOneOf(value: CssNode, names: ReadonlySet<string>): boolean {
  const only = value.children?.size === 1 ? value.children.first : null;
  return only?.type === 'Identifier' && names.has(String(only.name).toLowerCase());
}

function keepValue(node: CssNode, context: CssContext): boolean {
  switch (node.type) {
    case 'Raw':
      return false;
    case 'Function':
      return ALLOWED_FUNCTION.test(String(node.name));
    case 'Url':
      node.value = context.image(String(node.value));
      return node.value !== null;
    case 'Dimension':
      fixViewportUnit(node);
      return true;
    default:
      return true;
  }
}

/** Height the units of the viewport's height refer to, in pixels. */
const NOMINAL_VIEWPORT_HEIGHT = 600;

/** The frame is as tall as the message, so a height in viewport units would grow for ever. */
function fixViewportUnit(node: CssNode): void {
  if (!/^([sld]?v(h|b|min|max))$/i.test(node.unit ?? '')) return;
  node.value = String((Number(node.value) * NOMINAL_VIEWPORT_HEIGHT) / 100);
  node.unit = 'px';
}
