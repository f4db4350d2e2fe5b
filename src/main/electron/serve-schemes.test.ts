import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSystemClock } from '../../sync/ports/system-clock';
import { createContentService } from '../content/content-service';
import { printDocument } from './print-document';
import { serveApp, serveMailContent } from './serve-schemes';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeport-schemes-'));
  mkdirSync(join(dir, 'renderer'));
  writeFileSync(join(dir, 'renderer/index.html'), '<!doctype html>');
  writeFileSync(join(dir, 'secret.js'), 'no');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function setUp() {
  const content = createContentService({
    clock: createSystemClock(),
    content: async () => ({
      ok: true,
      value: { bytes: Buffer.from('<script>'), mediaType: 'image/svg+xml', filename: 'a.svg' },
    }),
    readViewerScript: async () => 'viewer()',
  });
  return { content, schemes: { rendererDir: join(dir, 'renderer'), content: Promise.resolve(content) } };
}
const get = (url: string) => ({ url, method: 'GET' });

test('the app comes with the policy that allows nothing but itself and message frames', async () => {
  const { schemes } = setUp();
  const { status, headers } = await serveApp(schemes, get('app://homeport/'));
  expect(status).toBe(200);
  expect(headers['Content-Security-Policy']?.split('; ').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'frame-src mail-content:',
    "img-src 'self' blob: data:",
    "manifest-src 'self'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
    'trusted-types homeport-pdf-worker homeport-letter',
    "worker-src 'self'",
  ]);
});

test.each([
  'app://homeport/../secret.js',
  'app://homeport/%2e%2e/secret.js',
  'app://homeport/..%5csecret.js',
  'app://homeport//secret.js',
  'app://homeport/.env',
  'app://elsewhere/',
  'app://homeport.evil/',
])('%s is not there', async (url) => {
  expect((await serveApp(setUp().schemes, get(url))).status).toBe(404);
});

test('only reading is answered', async () => {
  const { schemes } = setUp();
  expect((await serveApp(schemes, { url: 'app://homeport/', method: 'POST' })).status).toBe(405);
});

test('a drawing that could hold scripts is only ever saved', async () => {
  const { content, schemes } = setUp();
  const handle = content.createContent({
    messageId: 1 as never,
    part: { kind: 'attachment', index: 0 },
    disposition: 'inline',
  });
  const { headers } = await serveApp(schemes, get(`app://homeport/content/${handle}`));
  expect(headers).toMatchObject({
    'Content-Type': 'application/octet-stream',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
  });
  expect(headers['Content-Disposition']).toMatch(/^attachment;/);
});

test('a message frame is served once, to our page only, and remembers whether pictures were asked for', async () => {
  const { content, schemes } = setUp();
  const blocked = content.createViewer('blocked');
  const asked = content.createViewer('once');
  const first = await serveMailContent(schemes, get(`mail-content://${blocked}/`));
  expect(first.headers['Content-Security-Policy']).toMatch(
    /sandbox allow-scripts; .*frame-ancestors app:\/\/homeport/,
  );
  expect((await serveMailContent(schemes, get(`mail-content://${blocked}/`))).status).toBe(404);
  expect((await serveMailContent(schemes, get(`mail-content://${asked}/x`))).status).toBe(404);
  const second = await serveMailContent(schemes, get(`mail-content://${asked}/`));
  expect(second.headers['Content-Security-Policy']).not.toBe(first.headers['Content-Security-Policy']);
  expect([content.allowsRemote(blocked), content.allowsRemote(asked)]).toEqual([false, true]);
});

test('a printed message is text: whatever it contains stays words', () => {
  const person = [{ name: '<img src=x onerror=a>', address: 'a@example.org' }];
  const message = { from: person, to: [], cc: [], subject: '</title><script>', date: 0 } as never;
  const body = { segments: [{ kind: 'text', text: '<b>&"' }], attachments: [] } as never;
  const { html, headers } = printDocument(message, body);
  expect(html).not.toMatch(/<script|<img|<b>/);
  expect(html).toContain('&lt;b&gt;&amp;&quot;');
  expect(headers['Content-Security-Policy']).toMatch(/^sandbox; default-src 'none'/);
});
