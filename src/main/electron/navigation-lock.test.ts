import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { lockNavigation } from './navigation-lock';

test('every way out of a window is prevented: navigation, redirects, frames, views and new windows', () => {
  const contents = new EventEmitter();
  let openWindow: (() => { action: string }) | undefined;
  Object.assign(contents, {
    setWindowOpenHandler: (handler: typeof openWindow) => {
      openWindow = handler;
    },
  });
  lockNavigation(contents as unknown as WebContents);
  const prevented = (kind: string, details: Record<string, unknown> = {}): boolean => {
    let stopped = false;
    contents.emit(kind, { ...details, preventDefault: () => (stopped = true) });
    return stopped;
  };
  const inPage = { parent: { parent: null } };
  const message = 'mail-content://00ff/';
  expect(prevented('will-navigate')).toBe(true);
  expect(prevented('will-redirect')).toBe(true);
  expect(prevented('will-attach-webview')).toBe(true);
  expect(prevented('will-frame-navigate', { url: message, isMainFrame: false, frame: inPage })).toBe(false);
  for (const [url, isMainFrame, frame] of [
    [message, true, null],
    [message, false, { parent: inPage }],
    ['https://example.org/', false, inPage],
    ['file:///etc/passwd', false, inPage],
    ['app://homeport/', false, inPage],
  ] as const) {
    expect(prevented('will-frame-navigate', { url, isMainFrame, frame }), url).toBe(true);
  }
  expect(openWindow?.()).toEqual({ action: 'deny' });
});
