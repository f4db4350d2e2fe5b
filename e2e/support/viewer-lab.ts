import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import type { FromViewer, ShowMessage } from '../../src/shared/viewer/protocol';
import { viewerDocument } from '../../src/shared/viewer/viewer-document';

/** One layer of APP-365 that a run does without. */
export type Layer = 'none' | 'sanitiser' | 'frame-csp' | 'sandbox' | 'app-csp';

type Serve = (path: string) => { readonly type: string; readonly body: string | Buffer } | null;

const NONCE = 'bm9uY2Utbm9uY2Utbm9uY2U=';
const root = join(import.meta.dirname, '../..');

/** Words the frame needs and no test looks at. */
const STRINGS = { showQuote: 'Show quoted text', hideQuote: 'Hide quoted text', blockedImage: 'Not loaded' };

export const LIGHT: ShowMessage['theme'] = {
  scheme: 'light',
  background: 'rgb(255, 255, 255)',
  text: 'rgb(26, 31, 38)',
  link: 'rgb(27, 94, 190)',
  border: 'rgb(223, 228, 233)',
  font: '15px/24px sans-serif',
};
export const DARK: ShowMessage['theme'] = {
  scheme: 'dark',
  background: 'rgb(25, 30, 37)',
  text: 'rgb(232, 236, 241)',
  link: 'rgb(130, 180, 255)',
  border: 'rgb(43, 50, 59)',
  font: '15px/24px sans-serif',
};

/** The built viewer script; made now when nobody built the app yet. */
function viewerScript(): string {
  const file = join(root, 'out/renderer/viewer.js');
  if (!existsSync(file))
    execFileSync(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', '--config', 'scripts/vite/viewer.config.ts'],
      {
        cwd: root,
        stdio: 'ignore',
      },
    );
  return readFileSync(file, 'utf8');
}

/** Stands for every server out there: whatever reaches it is a leak. */
export class HitServer {
  readonly hits: string[] = [];
  readonly #server: Server;
  readonly origin: string;

  private constructor(server: Server) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // A connection alone (preconnect) already tells the sender something.
    server.on('connection', () => this.hits.push('connection'));
    server.on('request', (request, response) => {
      this.hits.push(`${request.method} ${request.url}`);
      response.end();
    });
  }

  static async start(): Promise<HitServer> {
    return new HitServer(await listen());
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The app's side of the frame, as small as it can be: a page with the app's policy that embeds and shows messages. */
export class ViewerLab {
  readonly #server: Server;
  readonly #raw: string[];
  readonly origin: string;

  private constructor(server: Server, raw: string[], serve: Serve) {
    this.#server = server;
    this.#raw = raw;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const script = viewerScript();
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', this.origin);
      const without = (url.searchParams.get('without') ?? 'none') as Layer;
      if (url.pathname === '/') {
        const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; frame-src ${this.origin}; base-uri 'none'; form-action 'none'`;
        response.setHeader('Content-Type', 'text/html; charset=utf-8');
        if (without !== 'app-csp') response.setHeader('Content-Security-Policy', policy);
        response.end(parentPage());
      } else if (url.pathname === '/frame') {
        const remoteImages = url.searchParams.has('remote') ? 'allowed' : 'blocked';
        const document = viewerDocument({ nonce: NONCE, script, appOrigin: this.origin, remoteImages });
        for (const [name, value] of Object.entries(document.headers)) response.setHeader(name, value);
        if (without === 'frame-csp') response.removeHeader('Content-Security-Policy');
        if (without === 'sandbox')
          response.setHeader(
            'Content-Security-Policy',
            (document.headers['Content-Security-Policy'] ?? '').replace('sandbox allow-scripts; ', ''),
          );
        const raw = this.#raw[Number(url.searchParams.get('raw') ?? '-1')] ?? '';
        // Not `replace`: the script's own text holds the same closing tags.
        response.end(document.html.slice(0, document.html.lastIndexOf('</body>')) + raw);
      } else {
        const file = serve(url.pathname);
        if (file === null) response.writeHead(404).end();
        else
          response
            .writeHead(200, { 'Content-Type': file.type, 'Content-Security-Policy': this.#pagePolicy })
            .end(file.body);
      }
    });
  }

  get #pagePolicy(): string {
    return `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src ${this.origin}; base-uri 'none'; form-action 'none'; object-src 'none'`;
  }

  /** `raw` = HTML to place into the frame's document by the server, past the sanitiser, by index. */
  static async start(raw: string[] = [], serve: Serve = () => null): Promise<ViewerLab> {
    return new ViewerLab(await listen(), raw, serve);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Opens the page with one frame, connected. */
  async open(page: Page, options: { without?: Layer; remote?: boolean } = {}): Promise<OpenViewer> {
    const without = options.without ?? 'none';
    await page.goto(`${this.origin}/?without=${without}`);
    await page.evaluate(([src, sandboxed]) => window.lab.embed(src, sandboxed), [
      `/frame?without=${without}${options.remote ? '&remote' : ''}`,
      without !== 'sandbox',
    ] as const);
    const frame = page.frames().find((candidate) => candidate.url().includes('/frame'));
    if (frame === undefined) throw new Error('the frame did not load');
    return new OpenViewer(page, frame);
  }

  /** Address of a document that holds raw message number `index`. */
  rawUrl(index: number, without: Layer = 'none'): string {
    return `/frame?raw=${index}&without=${without}`;
  }
}

export class OpenViewer {
  readonly page: Page;
  readonly frame: Frame;

  constructor(page: Page, frame: Frame) {
    this.page = page;
    this.frame = frame;
  }

  /** Shows a message and answers what the frame reported about it. */
  async show(
    html: string,
    options: Partial<ShowMessage> = {},
  ): Promise<Extract<FromViewer, { kind: 'shown' }>> {
    const message: ShowMessage = {
      kind: 'show',
      html,
      theme: LIGHT,
      dark: 'auto',
      remoteImages: false,
      zoomPercent: 100,
      whole: false,
      strings: STRINGS,
      ...options,
    };
    return this.page.evaluate((sent) => window.lab.show(sent), message);
  }

  /** Everything the frame has said, oldest first. */
  said(): Promise<FromViewer[]> {
    return this.page.evaluate(() => window.lab.said);
  }

  body(): Promise<string> {
    return this.frame.evaluate(() => document.body.innerHTML);
  }
}

declare global {
  interface Window {
    lab: {
      embed(src: string, sandboxed: boolean): Promise<void>;
      show(message: ShowMessage): Promise<Extract<FromViewer, { kind: 'shown' }>>;
      post(message: unknown): void;
      readonly said: FromViewer[];
    };
  }
}

function parentPage(): string {
  return `<!doctype html><title>Lab</title><main id="content">Untouched</main><script nonce="${NONCE}">
    let port, waiting;
    window.lab = {
      said: [],
      embed: (src, sandboxed) => new Promise((done) => {
        const frame = document.createElement('iframe');
        if (sandboxed) frame.setAttribute('sandbox', 'allow-scripts');
        frame.width = 800; frame.height = 600; frame.src = src;
        frame.onload = () => {
          const channel = new MessageChannel();
          port = channel.port1;
          port.onmessage = ({ data }) => {
            window.lab.said.push(data);
            if (data.kind === 'height') frame.height = Math.max(40, data.px);
            if (data.kind === 'ready') done();
            if (data.kind === 'shown') waiting?.(data);
          };
          frame.contentWindow.postMessage({ kind: 'homeport-port' }, '*', [channel.port2]);
        };
        document.body.append(frame);
      }),
      show: (message) => new Promise((shown) => { waiting = shown; port.postMessage(message); }),
      post: (message) => port.postMessage(message),
    };
  </script>`;
}

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}
