import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { startPdfWorker } from './pdf-worker';

/** Larger files are only saved: their bytes are held in memory twice while they are looked at. */
const MAX_PDF_BYTES = 100 * 1024 * 1024;
/** Pixels of one embedded picture; a scan of an A3 page at 600 dpi has 70 million. */
const MAX_IMAGE_PIXELS = 80_000_000;
/** A document that does not open within this time keeps its worker busy for ever. In milliseconds. */
const OPEN_WITHIN_MS = 30_000;
/** Where the build puts fonts and character maps that documents may leave out. */
const DATA_FOLDER = 'pdf/';

export type PdfProblem = 'encrypted' | 'broken' | 'too-large' | 'not-here';

export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  /** Ends the worker, and with it whatever it is doing. */
  close(): void;
}

/**
 * Opens the PDF at an address of our host. No script of the document runs and no form of it is alive: pdf.js draws
 * pages here and nothing else, in a worker of its own without WebAssembly.
 * @param size of the file in bytes, as the host counted them
 */
export async function openPdf(url: string, size: number, signal: AbortSignal): Promise<OpenPdf | PdfProblem> {
  if (size > MAX_PDF_BYTES) return 'too-large';
  const response = await fetch(url, { signal }).catch(() => null);
  if (!response?.ok) return 'not-here';
  const data = new Uint8Array(await response.arrayBuffer());

  const thread = startPdfWorker();
  const worker = PDFWorker.create({ port: thread });
  const folder = (name: string) => new URL(`${DATA_FOLDER}${name}/`, document.baseURI).href;
  const task = getDocument({
    data,
    worker,
    cMapUrl: folder('cmaps'),
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('decoders'),
    useWasm: false,
    enableXfa: false,
    disableWorkerRendering: true,
    maxImageSize: MAX_IMAGE_PIXELS,
    // Warnings are about documents of strangers; nobody reads them.
    verbosity: 0,
  });
  const close = () => {
    void task.destroy().catch(() => undefined);
    thread.terminate();
  };
  let timer = 0;
  const late = new Promise<'late'>((resolve) => {
    timer = window.setTimeout(() => resolve('late'), OPEN_WITHIN_MS);
    signal.addEventListener('abort', () => resolve('late'));
    thread.addEventListener('error', () => resolve('late'));
  });
  try {
    const opened = await Promise.race([task.promise, late]);
    if (opened !== 'late') return { document: opened, close };
  } catch (error) {
    close();
    return error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'broken';
  } finally {
    window.clearTimeout(timer);
  }
  close();
  return 'broken';
}
