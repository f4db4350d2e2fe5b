import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { Settings } from '../../src/shared/contract/settings';
import type { BodyView, MessageView } from '../../src/shared/contract/views';
import { AccountId, MailboxId, MessageId, SEEN, ThreadId } from '../../src/shared/domain';
import { ViewerLab } from './viewer-lab';

/** What the reader's test page shows. */
export interface ReaderScene {
  readonly theme: 'light' | 'dark';
  readonly online: boolean;
  readonly subject: string;
  readonly messages: readonly MessageView[];
  readonly bodies: readonly BodyView[];
  readonly settings: Partial<Settings>;
  /** Another document than the viewer's, for the fallback. */
  readonly frameUrl?: string;
}

/** A message of the scene with everything at its plainest. */
export function message(id: number, given: Partial<MessageView> = {}): MessageView {
  return {
    id: MessageId.parse(id),
    threadId: ThreadId.parse(1),
    accountId: AccountId.parse(1),
    mailboxIds: [MailboxId.parse(1)],
    from: [{ name: 'Anna Maier', address: 'anna@example.net' }],
    sender: [],
    replyTo: [],
    to: [{ name: '', address: 'me@example.org' }],
    cc: [],
    bcc: [],
    subject: 'Subject',
    snippet: 'The beginning of the text',
    date: Date.UTC(2026, 10, 20, 9, 30),
    receivedAt: Date.UTC(2026, 10, 20, 9, 30),
    size: 4200,
    keywords: [SEEN],
    hasAttachment: false,
    messageId: null,
    body: 'here',
    mark: 'none',
    namesake: null,
    snoozedUntil: null,
    mine: false,
    labelsHere: [],
    receipt: null,
    ...given,
  };
}

export function body(id: number, given: Partial<BodyView> = {}): BodyView {
  return {
    messageId: MessageId.parse(id),
    segments: [{ kind: 'text', text: 'Plain text' }],
    html: null,
    truncated: false,
    moreHere: false,
    attachments: [],
    protection: 'none',
    authentication: { verdict: 'verified', domain: 'example.net', results: [] },
    remoteAllowed: false,
    unsubscribe: { http: null, mailto: null, oneClick: false },
    charset: 'utf-8',
    ...given,
  };
}

/** A picture for attachments and inline images: 2×2 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAr7pCBQAAAAASUVORK5CYII=',
  'base64',
);

const LAYERS = join(import.meta.dirname, '../../src/renderer/public/layers.css');

/** Builds the reader's test page and serves it beside the viewer's document. Parallel workers build apart. */
export async function startReaderLab(worker: number): Promise<ViewerLab> {
  const outDir = join(import.meta.dirname, `../../out/reader-lab/${worker}`);
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(import.meta.dirname, 'reader-page.html') },
    },
  });
  return ViewerLab.start([], (path) => {
    if (path === '/content/source')
      return { type: 'application/octet-stream', body: 'Subject: raw\r\n\r\nbytes' };
    if (path.startsWith('/content/')) return { type: 'image/png', body: PNG };
    if (path === '/silent') return { type: 'text/html', body: '<!doctype html><title>Silent</title>' };
    // As in the app: the order of the layers is said before any other style sheet.
    if (path === '/layers.css') return { type: 'text/css', body: readFileSync(LAYERS) };
    const file = path === '/reader' ? 'reader-page.html' : path;
    if (path !== '/reader' && !path.startsWith('/assets/')) return null;
    const type = file.endsWith('.html')
      ? 'text/html'
      : file.endsWith('.css')
        ? 'text/css'
        : 'text/javascript';
    return { type, body: readFileSync(join(outDir, file)) };
  });
}

export async function openReader(page: Page, lab: ViewerLab, scene: Partial<ReaderScene>): Promise<void> {
  const whole: ReaderScene = {
    theme: 'light',
    online: true,
    subject: 'Subject',
    messages: [],
    bodies: [],
    settings: {},
    ...scene,
  };
  await page.addInitScript((given) => {
    (window as unknown as { scene: unknown }).scene = given;
  }, whole);
  await page.goto(`${lab.origin}/reader`);
}
