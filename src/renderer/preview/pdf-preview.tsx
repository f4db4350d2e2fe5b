import { Maximize2, Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { previewStrings } from '../strings/preview';
import { IconButton } from '../ui/icon-button';
import { Spoken } from '../ui/live-region';
import { type OpenPdf, openPdf, type PdfProblem } from './pdf-document';
import { PdfPage } from './pdf-page';
import styles from './pdf-preview.module.css';
import { MAX_PAGES, nextZoom, type PageSize, soundSize } from './pdf-scale';
import type { PlacedFile } from './placed-file';
import { Loading, Problem } from './problem';
import { useContentUrl } from './use-content-url';
import { usePages } from './use-pages';

type State = { readonly pdf: OpenPdf; readonly first: PageSize } | PdfProblem | null;

/** CSS pixels per PDF unit at 100 %. */
const NATURAL = 96 / 72;
/** Pages this narrow or wide are still shown at a usable size. In percent. */
const LEAST_FIT = 25;
const MOST_FIT = 150;

/** A PDF, page below page, drawn as it comes into view (APP-089). */
export function PdfPreview({ messageId, file, inside }: PlacedFile) {
  const url = useContentUrl(messageId, file.index, inside);
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    if (url === null) return;
    if (url === 'failed') return setState('not-here');
    const stop = new AbortController();
    let opened: OpenPdf | null = null;
    const open = async () => {
      const result = await openPdf(url, file.size, stop.signal);
      if (typeof result === 'string') return setState(result);
      opened = result;
      if (stop.signal.aborted) return result.close();
      const page = await result.document.getPage(1).catch(() => null);
      if (stop.signal.aborted) return;
      if (page === null) {
        result.close();
        return setState('broken');
      }
      setState({ pdf: result, first: soundSize(page.getViewport({ scale: 1 })) });
    };
    open().catch(() => setState('broken'));
    return () => {
      stop.abort();
      opened?.close();
    };
  }, [url, file.size]);
  if (state === null) return <Loading />;
  if (typeof state === 'string') return <Problem text={previewStrings.pdf[state]} />;
  return <Pages {...state} name={file.filename} />;
}

interface PagesProps extends Exclude<State, PdfProblem | null> {
  readonly name: string;
}

function Pages({ pdf, first, name }: PagesProps) {
  const box = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const count = pdf.document.numPages;
  const shown = Math.min(count, MAX_PAGES);
  const { page, near, width } = usePages(box, shown);
  const fit = Math.floor(Math.min(MOST_FIT, Math.max(LEAST_FIT, (100 * width) / (first.width * NATURAL))));
  const percent = chosen ?? fit;

  const zoom = (direction: 1 | -1) => setChosen(nextZoom(percent, direction));
  const go = (to: number) =>
    box.current?.querySelector(`[data-page="${to}"]`)?.scrollIntoView({ block: 'start' });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      '+': () => zoom(1),
      '=': () => zoom(1),
      '-': () => zoom(-1),
      '0': () => setChosen(null),
      n: () => go(Math.min(shown, page + 1)),
      p: () => go(Math.max(1, page - 1)),
      Home: () => go(1),
      End: () => go(shown),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div className={styles.pdf}>
      <div className={styles.bar} role="toolbar" aria-label={name}>
        <Spoken as="span" className={styles.position} aria-label={previewStrings.page(page, count)}>
          {previewStrings.pages(page, count)}
        </Spoken>
        <span className={styles.gap} />
        <IconButton size="small" label={previewStrings.zoomOut} shortcut="-" onPress={() => zoom(-1)}>
          <Minus />
        </IconButton>
        <span className={styles.percent}>{previewStrings.zoom(percent)}</span>
        <IconButton size="small" label={previewStrings.zoomIn} shortcut="+" onPress={() => zoom(1)}>
          <Plus />
        </IconButton>
        <IconButton
          size="small"
          label={previewStrings.fitWidth}
          shortcut="0"
          isActive={chosen === null}
          onPress={() => setChosen(null)}
        >
          <Maximize2 />
        </IconButton>
      </div>
      <section
        ref={box}
        className={styles.pages}
        aria-label={previewStrings.document(name)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {Array.from({ length: shown }, (_, at) => (
          <PdfPage
            // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other identity
            key={at}
            document={pdf.document}
            number={at + 1}
            pages={count}
            expected={first}
            scale={(NATURAL * percent) / 100}
            near={near.has(at + 1)}
          />
        ))}
        {shown < count && <p className={styles.cut}>{previewStrings.morePages(shown, count)}</p>}
      </section>
    </div>
  );
}
