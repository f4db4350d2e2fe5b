import { CONTRACT_VERSION } from '../../shared/contract/methods';
import { routeFragment } from '../../shared/contract/window-route';
import { judgeLink } from '../../shared/links';
import { fail, ok } from '../../shared/outcome';
import type { SecretVault } from '../../sync/ports/secret-vault';
import { APP_VERSION } from '../app-info';
import type { ContentService } from '../content/content-service';
import type { HostMethods } from '../core/host-methods';
import type { MethodStats } from '../core/method-stats';
import type { LoopDelay } from '../workers/worker-messages';

export interface HeadlessMethodsOptions {
  readonly vault: SecretVault;
  readonly content: ContentService;
  /** A fresh one-time link, or null while no window is served. */
  readonly createLink: () => string | null;
  readonly endSessions: () => number;
  readonly stats: MethodStats;
  readonly loopDelay: () => Promise<{ engine: LoopDelay; main: LoopDelay } | null>;
}

/** What a host without a screen answers itself; windows are in browsers, which save, print and open links themselves. */
export function createHeadlessMethods(options: HeadlessMethodsOptions): HostMethods {
  const { vault, content } = options;
  // Relative to the window's own address, so that it is right behind a proxy's path prefix too.
  const contentUrl = (handle: string) => `./content/${handle}`;
  return {
    'host.info': async () =>
      ok({
        hostKind: 'headless',
        version: APP_VERSION,
        contractVersion: CONTRACT_VERSION,
        platform: process.platform,
        vault: 'sealed-file',
      }),
    'vault.put': async ({ secret }) => ok({ secretRef: await vault.put(secret) }),
    'vault.forget': async ({ secretRef }) => {
      await vault.delete(secretRef);
      return ok(null);
    },
    'content.url': async (handle) => ok({ url: contentUrl(content.createContent(handle)) }),
    'content.save': async ({ items }) => {
      const urls = items.map(({ messageId, part, inside }) => {
        const wanted =
          part === 'source'
            ? ({ kind: 'source' } as const)
            : ({ kind: 'attachment', index: part, inside } as const);
        return contentUrl(content.createContent({ messageId, part: wanted, disposition: 'attachment' }));
      });
      return ok({ saved: 0, urls });
    },
    // The browser keeps the files, and shows how far it is by itself.
    'content.stopSaving': async () => ok({ stopped: false }),
    'content.open': async ({ messageId, index }) => {
      const part = { kind: 'attachment', index } as const;
      const url = contentUrl(content.createContent({ messageId, part, disposition: 'attachment' }));
      return ok({ result: 'download', url });
    },
    'content.drag': async () =>
      fail({
        kind: 'invalid',
        message: 'Files cannot be dragged out of a browser window.',
        hint: 'Save the file instead.',
      }),
    'viewer.open': async ({ remote }) => ok({ url: `./viewer/${content.createViewer(remote)}` }),
    'links.open': async ({ url, confirmed }) => {
      const verdict = judgeLink(url);
      if (verdict.kind === 'refuse') return ok({ result: 'refused', url: '' });
      if (verdict.kind === 'confirm' && !confirmed) return ok({ result: 'confirm', url: verdict.url });
      return ok({ result: 'open-in-page', url: verdict.url });
    },
    'host.becomeDefaultApp': async () =>
      fail({
        kind: 'invalid',
        message: 'A browser decides by itself what opens mail addresses.',
        hint: "Use the browser's own settings.",
      }),
    // Beside the window that asks, with its session.
    'window.open': async (route) => ok({ result: 'open-in-page', url: `./#${routeFragment(route)}` }),
    'window.print': async () =>
      fail({
        kind: 'invalid',
        message: 'This window prints in the browser.',
        hint: "Use the browser's own print command.",
      }),
    'session.link': async () => {
      const url = options.createLink();
      if (url !== null) return ok({ url });
      return fail({
        kind: 'not-found',
        message: 'This Homeport serves no window.',
        hint: 'Start one with `homeport serve`.',
      });
    },
    'session.signOutEverywhere': async () => {
      content.clear();
      return ok({ ended: options.endSessions() });
    },
    'stats.get': async () => ok(options.stats.read()),
    'debug.loopDelay': async () => {
      const delays = await options.loopDelay();
      return delays === null
        ? fail({ kind: 'not-found', message: 'Delays are measured only with HOMEPORT_TRACE=1.' })
        : ok(delays);
    },
  };
}
