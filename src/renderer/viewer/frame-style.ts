import type { ViewerTheme } from '../../shared/viewer/protocol';
import { RECOLOURED_ATTRIBUTE } from './appearance';
import { LINK_ATTRIBUTE } from './css-filter';
import { ANCHOR_ATTRIBUTE, BLOCKED_ATTRIBUTE } from './sanitise';

/**
 * What the frame looks like where the message says nothing. `:where` gives every rule the lowest weight, so the
 * message's own style wins; only what keeps the frame in one piece is important.
 */
export function frameStyle(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    html, body { height: auto !important; min-height: 0 !important; max-height: none !important; }
    html { overflow-y: hidden; }
    body { position: relative; display: flow-root; }
    :where(html) { background: var(--hp-background); color: var(--hp-text); font: var(--hp-font); }
    :where(body) { margin: 0; overflow-wrap: break-word; }
    :where(img) { max-width: 100%; }
    :where(table) { font: inherit; color: inherit; }
    :where(pre) { white-space: pre-wrap; }
    :where([${LINK_ATTRIBUTE}], [${ANCHOR_ATTRIBUTE}]) { color: var(--hp-link); text-decoration: underline; cursor: pointer; }
    [${LINK_ATTRIBUTE}]:focus-visible, [${ANCHOR_ATTRIBUTE}]:focus-visible, [data-hp-fold]:focus-visible {
      outline: 2px solid var(--hp-link) !important; outline-offset: 2px !important;
    }
    :where(img[${BLOCKED_ATTRIBUTE}]) { display: inline-block; overflow: hidden; outline: 1px dashed var(--hp-border); outline-offset: -1px; }
    [data-hp-fold] {
      all: unset; box-sizing: border-box; display: block; width: 24px; height: 16px; margin: 8px 0 !important;
      border-radius: 4px; background: var(--hp-border); color: var(--hp-text); cursor: pointer;
      font: 10px/16px sans-serif; text-align: center; position: relative;
    }
    [data-hp-fold]::after { content: ""; position: absolute; inset: -4px 0; }
    /* In a layer an important rule wins over those of the message, which has no layers. */
    @layer recoloured {
      [${RECOLOURED_ATTRIBUTE}] *::before, [${RECOLOURED_ATTRIBUTE}] *::after, [${RECOLOURED_ATTRIBUTE}] *::first-line,
      [${RECOLOURED_ATTRIBUTE}] *::first-letter, [${RECOLOURED_ATTRIBUTE}] *::marker {
        color: inherit !important; -webkit-text-fill-color: inherit !important; background: none !important; text-shadow: none !important;
      }
    }
    [data-hp-quote][hidden] { display: none !important; }
  `);
  return sheet;
}

/** Hands the app's colours to the style sheet; on the card the message gets plain paper instead. */
export function applyTheme(root: HTMLElement, theme: ViewerTheme, card: boolean): void {
  const values = card
    ? {
        background: 'Canvas',
        text: 'CanvasText',
        link: 'LinkText',
        border: 'color-mix(in srgb, CanvasText 20%, Canvas)',
      }
    : theme;
  root.style.colorScheme = card ? 'light' : theme.scheme;
  for (const name of ['background', 'text', 'link', 'border'] as const)
    root.style.setProperty(`--hp-${name}`, values[name]);
  root.style.setProperty('--hp-font', theme.font);
}
