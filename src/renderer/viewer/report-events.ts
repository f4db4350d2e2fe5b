import { describeKey } from '../../shared/keyboard/describe-key';
import type { FromViewer } from '../../shared/viewer/protocol';
import { LINK_ATTRIBUTE } from './css-filter';
import { linkText } from './link-text';
import { ANCHOR_ATTRIBUTE } from './sanitise';

type Send = (message: FromViewer) => void;

/** Keys that scroll, move the focus or edit: they stay with the frame. */
const OWN_KEYS = new Set([
  'Tab',
  'Shift',
  'Control',
  'Alt',
  'Meta',
  'CapsLock',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Dead',
  'Process',
  'Unidentified',
]);
/** With Ctrl or Cmd: copying and selecting belong to the frame. */
const OWN_CHORDS = new Set(['a', 'c', 'x', 'v']);
/** With Ctrl or Cmd: what the browser would do with these must not happen to the frame. */
const APP_CHORDS = new Set(['k', 'p', 'u', 's']);

/**
 * Reports what a person does with the message as data (APP-364, APP-366): links are never followed here, keys that are
 * shortcuts of the app go to it, Escape too, so that nobody is trapped in the frame (APP-304).
 */
export function reportEvents(body: HTMLElement, send: Send, appKeys: () => ReadonlySet<string>): void {
  const document = body.ownerDocument;
  document.addEventListener('click', (event) => activate(event, send), true);
  document.addEventListener('auxclick', (event) => activate(event, send), true);
  document.addEventListener('submit', (event) => event.preventDefault(), true);
  document.addEventListener('dragstart', (event) => {
    if (event.target instanceof Element) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && linkOf(event) !== null) activate(event, send);
    else forwardKey(event, send, appKeys());
  });
  for (const type of ['mouseover', 'focusin'] as const)
    document.addEventListener(type, (event) => {
      const href = linkOf(event)?.getAttribute(LINK_ATTRIBUTE) ?? null;
      send({ kind: 'link-hover', href: href === null ? null : href.slice(0, 8000) });
    });
  for (const type of ['mouseleave', 'focusout'] as const)
    document.addEventListener(type, () => send({ kind: 'link-hover', href: null }));
}

function linkOf(event: Event): Element | null {
  return event.target instanceof Element
    ? event.target.closest(`[${LINK_ATTRIBUTE}],[${ANCHOR_ATTRIBUTE}]`)
    : null;
}

function activate(event: Event, send: Send): void {
  const link = linkOf(event);
  if (link === null) return;
  event.preventDefault();
  if (event instanceof MouseEvent && event.button > 1) return;
  const href = link.getAttribute(LINK_ATTRIBUTE);
  if (href !== null) {
    if (href.length <= 8000) send({ kind: 'link', href, text: linkText(link) });
    return;
  }
  const name = link.getAttribute(ANCHOR_ATTRIBUTE) ?? '';
  const target = link.ownerDocument.querySelector(`[id="${CSS.escape(name)}"],[name="${CSS.escape(name)}"]`);
  if (name === '' || target === null) return;
  send({ kind: 'reveal', top: Math.max(0, target.getBoundingClientRect().top + window.scrollY) });
}

function forwardKey(event: KeyboardEvent, send: Send, appKeys: ReadonlySet<string>): void {
  if (event.isComposing || OWN_KEYS.has(event.key) || event.key.length > 32) return;
  const chord = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (chord && OWN_CHORDS.has(key)) return;
  // They press what has the focus: our control, or a summary of the message.
  const presses = event.key === 'Enter' || event.key === ' ';
  if (presses && event.target instanceof Element && event.target.matches('button, summary')) return;
  const altGraph = event.getModifierState('AltGraph');
  const { ctrlKey, metaKey, altKey, shiftKey, code } = event;
  const press = describeKey(
    { key: event.key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph },
    /Mac|iPhone|iPad/.test(navigator.userAgent),
  );
  if ((chord && APP_CHORDS.has(key)) || (press !== null && appKeys.has(press))) event.preventDefault();
  send({
    kind: 'key',
    key: event.key,
    code: event.code.slice(0, 32),
    ctrl: event.ctrlKey,
    shift: event.shiftKey,
    alt: event.altKey,
    meta: event.metaKey,
    altGraph,
  });
}
