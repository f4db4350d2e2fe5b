/** Inline styles of what is sent: an allow-list, and only values that mean the same everywhere (APP-121, APP-142). */

const OWN = new Set(
  'color background-color font-size font-family font-weight font-style text-decoration text-align margin-left padding-left white-space width height border border-left border-collapse vertical-align list-style-type direction'.split(
    ' ',
  ),
);
/** What could cover something else, load something or move stays out of a quote; the rest is its looks. */
const NOT_QUOTED =
  /^(position|z-index|content|behavior|filter|cursor|pointer-events|-moz-binding|animation|transition|all|counter|inset|top|left|right|bottom)/;
/** Functions that load, compute or depend on the reader's theme; escapes and comments that could hide them. */
const UNSAFE = /url|expression|image|var\(|env\(|attr\(|light-dark|color-mix|javascript|@|\\|\/\*|[<>{}]/i;
/** Colours of the system: dark where the writer is in the dark, wrong everywhere else. */
const SYSTEM_COLOUR =
  /\b(canvas|canvastext|linktext|visitedtext|activetext|buttonface|buttontext|buttonborder|field|fieldtext|highlight|highlighttext|selecteditem|selecteditemtext|mark|marktext|graytext|accentcolor|accentcolortext|windowtext|window)\b/i;
const MAX_VALUE = 300;
const MAX_STYLES = 60;

/** The style attribute again, without what may not be sent; empty when nothing is left. */
export function cleanStyle(style: string, profile: 'own' | 'quoted'): string {
  const kept: string[] = [];
  for (const declaration of style.split(';').slice(0, MAX_STYLES)) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (!/^-?[a-z-]+$/.test(name) || value === '' || value.length > MAX_VALUE || UNSAFE.test(value)) continue;
    if (profile === 'own' ? !OWN.has(name) || SYSTEM_COLOUR.test(value) : NOT_QUOTED.test(name)) continue;
    kept.push(`${name}:${value.replace(/\s+/g, ' ').replace(/"/g, "'")}`);
  }
  return kept.join(';');
}
