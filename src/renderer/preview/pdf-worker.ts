import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

/** What this module needs of Trusted Types, which the type library does not know yet. */
interface Factory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** The one policy the app's own document allows: it knows one address, the worker that came with the build (APP-363). */
const policy = (window as unknown as { trustedTypes?: Factory }).trustedTypes?.createPolicy(
  'homeport-pdf-worker',
  {
    createScriptURL: (url) => {
      if (url !== workerUrl) throw new Error('Only the PDF worker of this build may start.');
      return url;
    },
  },
);

/** Starts pdf.js beside the window: bytes of strangers are taken apart there, and only drawing orders come back. */
export function startPdfWorker(): Worker {
  return new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module', name: 'pdf' });
}
