import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RedirectListener } from './redirect-listener';

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};

/** What the browser shows once the answer is here; the address with the code is not left in its history's reach. */
const PAGE = `<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>Homeport</title>
<body style="font: 1rem system-ui; display: grid; place-content: center; min-height: 90vh; text-align: center">
<h1>Back to Homeport</h1><p>You can close this page.</p></body></html>`;

export function createSystemRedirectListener(): RedirectListener {
  return {
    open: async (path, accept) => {
      let deliver: (answer: URLSearchParams) => void = () => {};
      const answer = new Promise<URLSearchParams>((resolve) => {
        deliver = resolve;
      });
      let address = '';
      let taken = false;
      const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 }, (request, response) => {
        const url = URL.canParse(request.url ?? '', `http://${address}`)
          ? new URL(request.url ?? '', `http://${address}`)
          : null;
        const right =
          !taken &&
          request.method === 'GET' &&
          request.headers.host === address &&
          url?.host === address &&
          url.pathname === path &&
          accept(url.searchParams);
        if (!right || !url) {
          response.writeHead(404, HEADERS).end();
          return;
        }
        taken = true;
        response.writeHead(200, HEADERS).end(PAGE, () => server.close());
        deliver(url.searchParams);
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      return {
        redirectUri: `http://${address}${path}`,
        answer,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      };
    },
  };
}
