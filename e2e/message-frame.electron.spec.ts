import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostileMessages } from '../test/fixtures/hostile';
import { expect, test } from './fixtures';
import { hostileHtml } from './support/hostile-html';
import { letter } from './support/letters';
import { messageFrame, openMessage, waitForMail } from './support/screen';

test('a message’s frame has a process of its own, and whoever ran script in it would find no network, storage or app', async ({
  app,
  server,
  user,
}) => {
  // What the frame’s policy stops is told on the console: that is the policy at work.
  app.allowConsole(/Content Security Policy|sandboxed|Trusted|ERR_|SecurityError/);
  await server.append(user, letter({ subject: 'Isolated', html: '<p>Words in a frame</p>' }));
  await app.addAccount();
  await app.cliJson(['sync', '--wait']);
  await waitForMail(app.page, 'Isolated');
  await openMessage(app.page, 'Isolated');
  await expect(messageFrame(app.page).getByText('Words in a frame')).toBeVisible();
  const { electron } = app.host;
  if (electron === null) throw new Error('not the desktop host');
  const found = await electron.evaluate(async ({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame;
    const frame = main?.framesInSubtree.find(({ url }) => url.startsWith('mail-content:'));
    if (main === undefined || frame === undefined) return null;
    const probe = `(async () => {
      const tried = {};
      const attempt = async (name, run) => {
        try { tried[name] = String((await run()) ?? 'nothing'); } catch { tried[name] = 'denied'; }
      };
      await attempt('origin', () => self.origin);
      await attempt('cookie', () => document.cookie);
      await attempt('localStorage', () => localStorage.length);
      await attempt('indexedDB', () => indexedDB.open('x'));
      await attempt('caches', () => caches.open('x'));
      await attempt('fetch', () => fetch('https://127.0.0.1:9/'));
      await attempt('app', () => fetch('app://homeport/'));
      await attempt('socket', () => new Promise((yes, no) => {
        const socket = new WebSocket('wss://127.0.0.1:9/');
        socket.onopen = yes;
        socket.onerror = no;
      }));
      await attempt('worker', () => new Promise((yes, no) => { new Worker('blob:null/1').onerror = no; }));
      await attempt('parent', () => parent.document.title);
      await attempt('bridge', () => typeof window.homeport);
      await attempt('window', () => window.open('https://127.0.0.1:9/'));
      await attempt('require', () => typeof require + typeof process);
      return tried;
    })()`;
    const tried = (await frame.executeJavaScript(probe)) as Record<string, string>;
    return { tried, sameProcess: frame.osProcessId === main.osProcessId };
  });
  expect(found).toEqual({
    sameProcess: false,
    tried: {
      origin: 'null',
      cookie: 'denied',
      localStorage: 'denied',
      indexedDB: 'denied',
      caches: 'denied',
      fetch: 'denied',
      app: 'denied',
      socket: 'denied',
      worker: 'denied',
      parent: 'denied',
      bridge: 'undefined',
      window: 'nothing',
      require: 'undefinedundefined',
    },
  });
});

test('the desktop’s own denial of the network holds alone: raw hostile mail without sanitiser, policy or sandbox reaches nothing', async ({
  app,
}) => {
  app.allowConsole(/./);
  const hits: string[] = [];
  const trap = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  trap.on('connection', () => hits.push('connection'));
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const pages = [...hostileMessages(`${origin}/hit`), ...hostileHtml(origin)].map(({ html }) =>
    html.toWellFormed(),
  );
  expect(pages.length).toBeGreaterThanOrEqual(200);
  const { electron } = app.host;
  if (electron === null) throw new Error('not the desktop host');
  const openIn = (partition: string) =>
    electron.evaluate(
      async ({ BrowserWindow, session }, { documents, inPartition }) => {
        const window = new BrowserWindow({
          show: false,
          webPreferences: {
            session: session.fromPartition(inPartition),
            sandbox: true,
            contextIsolation: true,
            disableDialogs: true,
          },
        });
        // Many in one page: each is a document of its own, in a frame with all rights.
        const BATCH = 60;
        for (let at = 0; at < documents.length; at += BATCH) {
          const frames = documents
            .slice(at, at + BATCH)
            .map(
              (html) =>
                `<iframe srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`,
            );
          const page = `data:text/html;charset=utf-8,${encodeURIComponent(`<!doctype html>${frames.join('')}`)}`;
          await window.loadURL(page).catch(() => undefined);
          await new Promise((done) => setTimeout(done, 500));
        }
        window.destroy();
      },
      { documents: pages, inPartition: partition },
    );
  await openIn('homeport');
  expect(hits).toEqual([]);
  // The same pages in a session without our rules do reach it.
  await openIn('control');
  expect(new Set(hits).size).toBeGreaterThan(25);
  trap.closeAllConnections();
  trap.close();
});
