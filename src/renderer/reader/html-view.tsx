import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { MessageId } from '../../shared/domain';
import { beginsWithCharacter } from '../../shared/keyboard/key-map';
import type { FromViewer, Rendering } from '../../shared/viewer/protocol';
import { useKeyBindings } from '../commands/key-bindings';
import { useWork } from '../feedback/use-work';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { readTheme, useThemeName } from './frame-theme';
import styles from './html-view.module.css';
import { followLink, hoverLink } from './links';
import { FRAME_TIMEOUT_MS, MessageFrame } from './message-frame';

export interface ShownFacts {
  readonly rendering: Rendering;
  readonly blockedImages: number;
  readonly truncated: boolean;
}

interface HtmlViewProps {
  readonly messageId: MessageId;
  /** The way to an attached message whose HTML this is; none = the message itself. */
  readonly inside?: readonly number[];
  /** Accessible name of the frame. */
  readonly title: string;
  readonly html: string;
  /** True when this is all of a long message, which somebody asked for. */
  readonly whole?: boolean;
  readonly remote: 'blocked' | 'once' | 'sender';
  readonly dark: 'auto' | 'card' | 'recolour';
  readonly zoomPercent: number;
  onShown(facts: ShownFacts): void;
  /** The isolated view did not come up in time or broke its word: show the plain text instead (APP-365). */
  onFailed(): void;
  /** Escape inside the frame (APP-304). */
  onLeave(): void;
}

const { showQuote, hideQuote, blockedImage } = readerStrings;
const FRAME_STRINGS = { showQuote, hideQuote, blockedImage };

/** Least height, so that the browser does not treat the frame as invisible before its content is measured. In pixels. */
const MIN_HEIGHT = 40;

/** The message in its isolated frame. Opening with other remote pictures is another frame with another policy. */
export function HtmlView(props: HtmlViewProps) {
  const { messageId, remote } = props;
  const [url, setUrl] = useState<string | null>(null);
  /** Of the frame before, for the time until this one has measured itself. */
  const height = useRef(MIN_HEIGHT);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    let current = true;
    void call('viewer.open', { messageId, remote }).then((opened) => {
      if (!current) return;
      if (opened.ok) setUrl(opened.value.url);
      else latest.current.onFailed();
    });
    return () => {
      current = false;
      setUrl(null);
    };
  }, [messageId, remote]);
  return url === null ? (
    <div className={styles.opening} />
  ) : (
    <Frame key={url} {...props} url={url} lastHeight={height} />
  );
}

interface FrameProps extends HtmlViewProps {
  readonly url: string;
  readonly lastHeight: RefObject<number>;
}

function Frame(props: FrameProps) {
  const { url, messageId, html, whole = false, remote, dark, zoomPercent, lastHeight } = props;
  const theme = useThemeName();
  const { inForce } = useKeyBindings();
  const frame = useRef<MessageFrame | null>(null);
  const element = useRef<HTMLIFrameElement | null>(null);
  const [ready, setReady] = useState(false);
  const [height, setHeight] = useState(lastHeight.current);
  const [rendering, setRendering] = useState<Rendering | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useWork(rendering === null, {
    place: 'reader',
    doing: readerStrings.layingOut,
    local: true,
    // Its text can be read without it.
    cancel: () => latest.current.onFailed(),
  });

  const receive = useCallback(
    (message: FromViewer) => {
      const iframe = element.current;
      if (iframe === null) return;
      switch (message.kind) {
        case 'ready':
          return setReady(true);
        case 'shown':
          setRendering(message.rendering);
          return latest.current.onShown(message);
        case 'height':
          lastHeight.current = Math.max(MIN_HEIGHT, message.px);
          return setHeight(lastHeight.current);
        case 'link':
          return followLink(message.href, message.text);
        case 'link-hover':
          return hoverLink(message.href);
        case 'reveal':
          return scrollTo(iframe, message.top);
        case 'key':
          // Only from a frame that really has the focus: nothing else may press keys in the app's name.
          if (document.activeElement !== iframe) return;
          if (message.key === 'Escape') return latest.current.onLeave();
          // The one scrolling key that the browser does not pass on from a frame that cannot scroll.
          if (message.key === ' ') return scrollPage(iframe, message.shift ? -1 : 1);
          return repeatKey(iframe, message);
      }
    },
    [lastHeight],
  );

  useEffect(() => {
    const iframe = element.current;
    if (iframe === null) return;
    const broken = () => latest.current.onFailed();
    const opened = new MessageFrame(iframe, messageId, latest.current.inside ?? [], {
      onMessage: receive,
      onBroken: broken,
    });
    frame.current = opened;
    iframe.src = url;
    return () => {
      opened.close();
      hoverLink(null);
    };
  }, [url, messageId, receive]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of theme is why it is read again
  useEffect(() => {
    const iframe = element.current;
    if (!ready || iframe?.parentElement == null) return;
    frame.current?.show({
      kind: 'show',
      html,
      theme: readTheme(iframe.parentElement),
      dark,
      remoteImages: remote !== 'blocked',
      zoomPercent: latest.current.zoomPercent,
      whole,
      strings: FRAME_STRINGS,
    });
  }, [ready, html, whole, theme, dark, remote]);

  useEffect(() => {
    if (ready) frame.current?.zoom(zoomPercent);
  }, [ready, zoomPercent]);

  useEffect(() => {
    if (ready) frame.current?.keep([...inForce.values()].flat().filter((keys) => !beginsWithCharacter(keys)));
  }, [ready, inForce]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: being ready is a report, from which the time counts anew
  useEffect(() => {
    if (rendering !== null) return;
    const timer = window.setTimeout(() => latest.current.onFailed(), FRAME_TIMEOUT_MS);
    return () => window.clearTimeout(timer);
  }, [ready, rendering]);

  return (
    <div className={styles.surface} data-rendering={rendering ?? undefined}>
      <iframe
        ref={element}
        title={props.title}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        className={styles.frame}
        style={{ blockSize: height }}
      />
    </div>
  );
}

/** A shortcut pressed inside the frame happens to the frame's element, where the window's own handler sees it. */
function repeatKey(iframe: HTMLIFrameElement, press: Extract<FromViewer, { kind: 'key' }>): void {
  iframe.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: press.key,
      code: press.code,
      ctrlKey: press.ctrl,
      shiftKey: press.shift,
      altKey: press.alt,
      metaKey: press.meta,
      modifierAltGraph: press.altGraph,
      bubbles: true,
      cancelable: true,
    }),
  );
}

function scrollPage(iframe: HTMLIFrameElement, direction: 1 | -1): void {
  const scroller = iframe.closest('[data-reader-scroll]');
  scroller?.scrollBy({ top: direction * 0.9 * scroller.clientHeight });
}

function scrollTo(iframe: HTMLIFrameElement, top: number): void {
  const scroller = iframe.closest('[data-reader-scroll]');
  if (scroller === null) return;
  scroller.scrollTop += iframe.getBoundingClientRect().top - scroller.getBoundingClientRect().top + top;
}
