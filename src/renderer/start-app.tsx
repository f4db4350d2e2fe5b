import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { refuseFileDrops } from './layout/refuse-file-drops';
import { CrashScreen } from './panels/crash-screen';
import { keepPlace } from './state/kept-place';
import { beginWithRoute } from './state/window-route';
import { watchZone } from './strings/zone';
import type { ConnectedBridge } from './transport/connected-bridge';
import { queryClient } from './transport/query-client';
import { startTransport } from './transport/start-transport';

/** Joins the host to the screen. The composition root of the window. */
export function startApp(bridge: ConnectedBridge): void {
  startTransport(bridge);
  watchZone(window);
  refuseFileDrops(window);
  const popout = beginWithRoute({
    fragment: () => location.hash,
    replace: (fragment) => history.replaceState(null, '', fragment),
  });
  // The place of a window for one row is its address.
  if (!popout)
    keepPlace({
      // The desktop's storage ends with the program; a browser's would mix up its tabs.
      storage: bridge.platform === 'web' ? sessionStorage : localStorage,
      later: (run, ms) => void window.setTimeout(run, ms),
    });
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <CrashScreen>
          <App />
        </CrashScreen>
      </QueryClientProvider>
    </StrictMode>,
  );
}
