import {
  FIRST_HTML_CHARS,
  MAX_FRAME_HEIGHT,
  MAX_HTML_CHARS,
  MAX_WHOLE_CHARS,
} from '../../shared/viewer/limits';
import type { FromViewer, PortOffer, Rendering, ShowMessage, ToViewer } from '../../shared/viewer/protocol';
import { forgetColours, recolour } from './appearance';
import { fitWidth } from './fit-width';
import { foldQuotes } from './fold-quotes';
import { applyTheme, frameStyle } from './frame-style';
import { mendOwnDark, mendWithoutPictures } from './mend-contrast';
import { parseRgb } from './oklch';
import { Pictures } from './pictures';
import { layPlates } from './plates';
import { reportEvents } from './report-events';
import { type Sanitised, sanitise, WAITING_ATTRIBUTE } from './sanitise';

/**
 * The only script of the message frame (APP-364). It takes one MessagePort from the window that embeds it, draws what
 * arrives and reports back; it has no other way out and needs none.
 */
document.currentScript?.remove();
// Taken once: nothing a message contains can stand between us and these later.
const root = document.documentElement;
const body = document.body;
const style = document.head.appendChild(document.createElement('style'));
document.adoptedStyleSheets = [frameStyle()];

function onPortOffer(event: MessageEvent<PortOffer>): void {
  const port = event.ports[0];
  if (event.source !== window.parent || event.data?.kind !== 'homeport-port' || port === undefined) return;
  window.removeEventListener('message', onPortOffer);
  connect(port);
}
window.addEventListener('message', onPortOffer);

/** Until then the window has grown the frame and shown the first part, also where both share a thread. In milliseconds. */
const REST_AFTER_MS = 250;

function connect(port: MessagePort): void {
  const send = (message: FromViewer) => port.postMessage(message);
  let shown: ShowMessage | null = null;
  let pictures: Pictures | null = null;
  let cssWaits = false;
  let zoomPercent = 100;
  let fittedWidth = 0;

  let restTimer = 0;
  function show(message: ShowMessage): void {
    window.clearTimeout(restTimer);
    const isNew = shown?.html !== message.html;
    // What goes on where the message ended so far keeps its place on screen, and its pictures.
    const goesOn = isNew && shown !== null && message.html.startsWith(shown.html);
    if (pictures === null || (isNew && !goesOn)) pictures = new Pictures(message.remoteImages);
    shown = message;
    const most = message.whole ? MAX_WHOLE_CHARS : MAX_HTML_CHARS;
    // A long message is there to read at once, and whole a moment later.
    const isLong = isNew && !goesOn && message.html.length > 2 * FIRST_HTML_CHARS;
    if (isLong) restTimer = window.setTimeout(() => drawUpTo(most, message), REST_AFTER_MS);
    drawUpTo(isLong ? FIRST_HTML_CHARS : most, message);
  }

  function drawUpTo(chars: number, message: ShowMessage): void {
    if (pictures === null) return;
    const drawn = draw({ ...message, html: message.html.slice(0, chars) }, pictures);
    cssWaits = drawn.cssWaits;
    zoomPercent = message.zoomPercent;
    refit();
    send({
      kind: 'shown',
      rendering: drawn.rendering,
      blockedImages: pictures.blocked,
      truncated: message.html.length > (message.whole ? MAX_WHOLE_CHARS : MAX_HTML_CHARS),
      imagesNeeded: [...pictures.needed],
    });
  }

  function receiveImage(message: Extract<ToViewer, { kind: 'image' }>): void {
    const url = pictures?.receive(message.contentId, message.mediaType, message.bytes) ?? null;
    if (url === null || shown === null) return;
    for (const image of body.querySelectorAll<HTMLImageElement>(`img[${WAITING_ATTRIBUTE}]`)) {
      if (image.getAttribute(WAITING_ATTRIBUTE) !== message.contentId) continue;
      image.removeAttribute(WAITING_ATTRIBUTE);
      image.src = url;
    }
    if (cssWaits) show(shown);
  }

  function refit(): void {
    fittedWidth = window.innerWidth;
    fitWidth(body, zoomPercent);
    reportHeight();
  }

  let reported = -1;
  function reportHeight(): void {
    const px = Math.min(MAX_FRAME_HEIGHT, Math.ceil(root.getBoundingClientRect().height + scrollBarHeight()));
    if (px !== reported) send({ kind: 'height', px });
    reported = px;
    // Beyond the bound the frame scrolls by itself.
    root.style.overflowY = px === MAX_FRAME_HEIGHT ? 'auto' : 'hidden';
  }

  let appKeys: ReadonlySet<string> = new Set();
  port.onmessage = ({ data }: MessageEvent<ToViewer>) => {
    switch (data.kind) {
      case 'show':
        return show(data);
      case 'image':
        return receiveImage(data);
      case 'zoom':
        zoomPercent = data.percent;
        return refit();
      case 'keys':
        appKeys = new Set(data.keys);
    }
  };
  reportEvents(body, send, () => appKeys);
  new ResizeObserver(reportHeight).observe(body);
  // The frame's height follows what we report; only its width is news.
  window.addEventListener('resize', () => {
    if (window.innerWidth !== fittedWidth) refit();
  });
  // The observer sleeps while the frame is off screen; pictures load anyway.
  document.addEventListener('load', reportHeight, true);
  send({ kind: 'ready' });
}

/** Draws the message into the page and answers how (UI-044). */
function draw(message: ShowMessage, pictures: Pictures): { rendering: Rendering; cssWaits: boolean } {
  const { theme } = message;
  const surface = parseRgb(theme.background);
  const dark = theme.scheme === 'dark' && message.dark !== 'card' && surface !== null;
  // Nearly all mail says nothing about schemes and is laid out once.
  if (dark && /color-scheme/i.test(message.html)) {
    const { darkAware, cssWaits } = place(message, pictures, 'dark');
    applyTheme(root, theme, false);
    if (darkAware && mendOwnDark(root, body, surface)) return { rendering: 'own-dark', cssWaits };
  }
  const { cssWaits } = place(message, pictures, 'light');
  // Recolouring needs the message laid out in its own light colours.
  applyTheme(root, theme, theme.scheme === 'dark');
  if (pictures.blocked > 0) mendWithoutPictures(root, body);
  if (theme.scheme === 'light') return { rendering: 'light', cssWaits };
  if (!dark || recolour(root, body, surface, message.dark === 'recolour') === 'card')
    return { rendering: 'card', cssWaits };
  applyTheme(root, theme, false);
  layPlates(body, surface);
  return { rendering: 'recoloured', cssWaits };
}

/** Puts the sanitised message into the page, with the media queries for a scheme answered by `scheme`. */
function place(message: ShowMessage, pictures: Pictures, scheme: 'light' | 'dark'): Sanitised {
  const blockedLabel = message.strings.blockedImage;
  const clean = sanitise(message.html, { pictures, scheme, blockedLabel });
  foldQuotes(clean.body, message.strings);
  forgetColours(root);
  for (const { name } of [...body.attributes]) body.removeAttribute(name);
  for (const { name, value } of clean.body.attributes) body.setAttribute(name, value);
  style.textContent = clean.css;
  body.replaceChildren(...clean.body.childNodes);
  return clean;
}

function scrollBarHeight(): number {
  return window.innerHeight - root.clientHeight;
}
