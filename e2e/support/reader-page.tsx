import '../../src/renderer/transport/zod-without-eval';
import '../../src/renderer/styles/tokens.css';
import '../../src/renderer/styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { ActionDialogs } from '../../src/renderer/actions/action-dialogs';
import { MAIL_REGION, useShortcuts } from '../../src/renderer/commands/use-shortcuts';
import { Toaster } from '../../src/renderer/feedback/toaster';
import { ReadingPane } from '../../src/renderer/reader/reading-pane';
import { setCallBridge } from '../../src/renderer/transport/call';
import { queryClient, refreshEverything } from '../../src/renderer/transport/query-client';
import { useHost } from '../../src/renderer/transport/use-host';
import type { Reply } from '../../src/shared/contract/bridge';
import { Settings } from '../../src/shared/contract/settings';
import type { ListId } from '../../src/shared/domain';
import { hiddenRange } from '../../src/shared/older-messages';
import type { ReaderScene } from './reader-lab';

declare global {
  interface Window {
    scene: ReaderScene;
    calls: { method: string; input: unknown }[];
  }
}

/** The reading pane alone, over a bridge that answers from the scene the test put into the window. */
const { scene } = window;
window.calls = [];
document.documentElement.dataset.theme = scene.theme;
let settings = Settings.parse(scene.settings);
const accounts = [
  {
    id: 1,
    protocol: 'imap',
    name: 'Home',
    email: 'me@example.org',
    hue: 0,
    position: 0,
    state: 'ok',
    failure: null,
    lastSyncedAt: null,
    verifiedAt: null,
    counters: { total: 0, unread: 0, threads: 0, unreadThreads: 0, drafts: 0 },
    quota: [],
    watch: 'idle',
    downloadsPausedUntil: null,
    pinnedCertificates: [],
    server: null,
  },
];

function thread() {
  const hidden = hiddenRange(scene.messages.length);
  return { hidden, messages: [...scene.messages.slice(0, hidden.from), ...scene.messages.slice(hidden.to)] };
}

function answer(method: string, input: Record<string, unknown>): unknown {
  switch (method) {
    case 'accounts.list':
      return accounts;
    case 'lists.list':
      return [{ id: -1, mode: 'threads', rows: 1, unreadRows: 0, unreadMessages: 0 }];
    case 'threads.get':
      return { ...thread(), id: 1, accountId: 1, subject: scene.subject, labels: [], labelsHere: [], seq: 1 };
    case 'messages.body':
      return scene.bodies.find(({ messageId }) => messageId === input.messageId) ?? null;
    case 'messages.headers':
      return { raw: 'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nFrom: Anna <anna@example.net>\r\n' };
    case 'settings.get':
      return settings;
    case 'settings.set':
      settings = Settings.parse({ ...settings, ...(input.patch as object) });
      window.setTimeout(refreshEverything);
      return settings;
    case 'viewer.open':
      return { url: scene.frameUrl ?? (input.remote === 'blocked' ? '/frame?1' : '/frame?remote') };
    case 'content.url':
      return { url: `/content/${(input.part as { kind: string }).kind}` };
    case 'content.save':
      return { saved: 1, urls: [] };
    case 'links.open':
      return { result: 'opened', url: input.url };
    case 'bodies.request':
      return { body: 'queued' };
    case 'mutations.apply':
      return { gestureId: 'g', changeIds: [], affected: 1 };
    default:
      return null;
  }
}

setCallBridge({
  call(method, input): Promise<Reply> {
    window.calls.push({ method, input });
    return Promise.resolve({ ok: true, value: answer(method, input as Record<string, unknown>) });
  },
});
useHost.setState({
  status: {
    online: scene.online,
    offlineByChoice: false,
    metered: 'no' as const,
    lastSyncedAt: null,
    waiting: 0,
    parked: 0,
    outbox: { waiting: 0, attention: 0 },
    needsSignIn: [],
    activities: [],
    databaseBytes: 0,
    diskNeededBytes: null,
  },
});

function Page() {
  useShortcuts();
  return (
    <main aria-label="Reading pane" style={{ blockSize: '100%' }} {...MAIL_REGION}>
      <h1 style={{ position: 'absolute', clipPath: 'inset(50%)' }}>Lab</h1>
      <ReadingPane listId={-1 as ListId} itemId={scene.messages.length > 0 ? 1 : null} hasBack={false} />
      <Toaster />
      <ActionDialogs />
    </main>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={queryClient}>
    <Page />
  </QueryClientProvider>,
);
