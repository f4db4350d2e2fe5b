import { type PDFDocumentProxy, type RenderTask, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { previewStrings } from '../strings/preview';
import styles from './pdf-preview.module.css';
import { drawScale, type PageSize, soundSize } from './pdf-scale';

interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  readonly pages: number;
  /** Until the page itself is known. In PDF units. */
  readonly expected: PageSize;
  /** CSS pixels per PDF unit. */
  readonly scale: number;
  /** Whether it is on screen or next to it; only then is it drawn. */
  readonly near: boolean;
}

/** Characters of one page's text layer; more is no text a person put there. */
const MAX_TEXT_ITEMS = 20_000;

/** One page: its drawing, and over it its text, invisible but there to be selected and read aloud. */
export function PdfPage({ document, number, pages, expected, scale, near }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<PageSize | null>(null);
  const [failed, setFailed] = useState(false);
  const { width, height } = size ?? expected;

  useEffect(() => {
    const [surface, layer] = [canvas.current, text.current];
    if (!near || surface === null || layer === null) return;
    let task: RenderTask | null = null;
    let words: TextLayer | null = null;
    let current = true;
    const draw = async () => {
      const page = await document.getPage(number);
      if (!current) return;
      const natural = page.getViewport({ scale: 1 });
      const sound = soundSize(natural);
      setSize(sound);
      const viewport = page.getViewport({ scale: drawScale(sound, scale, window.devicePixelRatio) });
      surface.width = Math.max(1, Math.floor(sound.width * viewport.scale));
      surface.height = Math.max(1, Math.floor(sound.height * viewport.scale));
      task = page.render({ canvas: surface, viewport });
      await task.promise;
      const content = await page.getTextContent();
      if (!current) return;
      layer.replaceChildren();
      content.items.splice(MAX_TEXT_ITEMS);
      words = new TextLayer({
        textContentSource: content,
        container: layer,
        viewport: page.getViewport({ scale }),
      });
      await words.render();
    };
    draw().catch(() => {
      // Also when it was cancelled, which is no failure.
      if (current) setFailed(true);
    });
    return () => {
      current = false;
      task?.cancel();
      words?.cancel();
      // Gives the memory of pages out of sight back.
      surface.width = 0;
      surface.height = 0;
      layer.replaceChildren();
    };
  }, [document, number, scale, near]);

  return (
    <section
      className={styles.page}
      aria-label={previewStrings.page(number, pages)}
      data-page={number}
      style={{ inlineSize: width * scale, blockSize: height * scale }}
    >
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      <div
        ref={text}
        className={styles.text}
        data-selectable
        style={{ '--total-scale-factor': scale } as React.CSSProperties}
      />
      {failed && <p className={styles.failed}>{previewStrings.pageFailed}</p>}
    </section>
  );
}
