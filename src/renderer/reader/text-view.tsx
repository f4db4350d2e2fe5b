import { useState } from 'react';
import type { BodyView } from '../../shared/contract/views';
import { readerStrings } from '../strings/reader';
import { linkify } from './linkify';
import { followLink, hoverLink } from './links';
import styles from './text-view.module.css';

interface TextViewProps {
  readonly segments: BodyView['segments'];
  readonly fixedWidth: boolean;
  readonly zoomPercent: number;
}

/** The message as plain text: quotes behind their control, addresses as links (UI-034). */
export function TextView({ segments, fixedWidth, zoomPercent }: TextViewProps) {
  if (segments.every(({ text }) => text.trim() === ''))
    return <p className={styles.nothing}>{readerStrings.empty}</p>;
  const onlyQuotes = segments.every(({ kind, text }) => kind === 'quote' || text.trim() === '');
  return (
    <div
      className={`${styles.text} ${fixedWidth ? styles.fixed : ''}`}
      style={{ zoom: zoomPercent / 100 }}
      dir="auto"
      data-selectable
    >
      {segments.map((segment, index) =>
        segment.kind === 'quote' && !onlyQuotes ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: segments are the cut of one text and never move
          <Quote key={index} text={segment.text} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Words key={index} text={segment.text} quiet={segment.kind === 'signature'} />
        ),
      )}
    </div>
  );
}

function Quote({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-label={open ? readerStrings.hideQuote : readerStrings.showQuote}
        onClick={() => setOpen(!open)}
      >
        •••
      </button>
      {open && (
        <blockquote className={styles.quote}>
          <Words text={text} quiet />
        </blockquote>
      )}
    </>
  );
}

function Words({ text, quiet }: { readonly text: string; readonly quiet: boolean }) {
  return (
    <p className={quiet ? styles.quiet : undefined}>
      {linkify(text.replace(/^\n+|\s+$/g, '')).map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are the cut of one text and never move
          <Link key={index} href={part.href} text={part.text} />
        ),
      )}
    </p>
  );
}

/** A button in the look of a link: the window itself navigates nowhere (APP-366). */
function Link({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor would bring its own navigation
    <span
      role="link"
      tabIndex={0}
      className={styles.link}
      onClick={() => followLink(href, text)}
      onKeyDown={(event) => event.key === 'Enter' && followLink(href, text)}
      onMouseEnter={() => hoverLink(href)}
      onMouseLeave={() => hoverLink(null)}
      onFocus={() => hoverLink(href)}
      onBlur={() => hoverLink(null)}
    >
      {text}
    </span>
  );
}
