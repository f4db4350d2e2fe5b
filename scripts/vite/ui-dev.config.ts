import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { viewerDocument } from '../../src/shared/viewer/viewer-document';

const root = resolve(import.meta.dirname, '../..');
const viewerScript = resolve(root, 'out/renderer/viewer.js');

/** Answers the message frame's document as a host does, with the viewer script of the last build. */
const viewerFrame: Plugin = {
  name: 'viewer-frame',
  configureServer(server) {
    server.middlewares.use('/viewer-frame/', (request, response) => {
      const { html, headers } = viewerDocument({
        nonce: randomBytes(16).toString('base64'),
        script: existsSync(viewerScript) ? readFileSync(viewerScript, 'utf8') : '',
        appOrigin: `http://${request.headers.host}`,
        remoteImages: request.url === '/blocked' ? 'blocked' : 'allowed',
      });
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.end(html);
    });
  },
};

/** The renderer on a fake host, see test/ui-dev. */
export default defineConfig({
  root: resolve(root, 'test/ui-dev'),
  publicDir: resolve(root, 'src/renderer/public'),
  plugins: [react(), viewerFrame],
  build: { target: 'chrome130' },
  server: { host: '127.0.0.1', fs: { allow: [root] } },
});
