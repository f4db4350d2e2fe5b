import { Anchor } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import type { WindowRoute } from '../shared/contract/window-route';
import styles from './app.module.css';
import { useChosenKeys } from './commands/key-bindings';
import { useShortcuts } from './commands/use-shortcuts';
import { WaitingKeys } from './commands/waiting-keys';
import { Toaster } from './feedback/toaster';
import { useFeedback } from './feedback/use-feedback';
import { ComposerWindow } from './layout/composer-window';
import { MainScreen } from './layout/main-screen';
import { ReaderWindow } from './layout/reader-window';
import { OutboxWatch } from './outbox/outbox-watch';
import { AppDialogs } from './panels/app-dialogs';
import { HostBanner } from './panels/host-banner';
import { loadLaterDialogs } from './panels/later-dialogs';
import { TopBar } from './panels/top-bar';
import { useAppCommands } from './panels/use-app-commands';
import { useNewMail } from './panels/use-new-mail';
import { useTitle } from './panels/use-title';
import { loadReader } from './reader/reading-pane';
import { useSettings, useStoredSettings } from './settings/use-settings';
import { useUi } from './state/ui-store';
import { hostStrings } from './strings/status';
import { useZone } from './strings/zone';
import { applyAppearance } from './styles/appearance';
import { refreshEverything } from './transport/query-client';
import { useHost } from './transport/use-host';
import { useLiveQuery } from './transport/use-live-query';
import { Button } from './ui/button';
import { EmptyState } from './ui/empty-state';
import { later } from './ui/later';
import { LiveRegions } from './ui/live-region';

const FirstRun = lazy(async () => ({ default: (await import('./setup/first-run')).FirstRun }));
/**
 * It has nothing to show or to focus before the reader is here. What windows of their own are made of is the main screen's,
 * and cut apart it would weigh more than they do.
 */
const RowWindow = later(async () => {
  await loadReader();
  return ReaderWindow;
});
const DefaultAppQuestion = lazy(async () => ({
  default: (await import('./panels/default-app-question')).DefaultAppQuestion,
}));

/** The whole window, or one for a single row. */
export function App() {
  useAppearance();
  // Whatever writes a time is drawn again in another zone.
  useZone();
  useChosenKeys(useSettings());
  useShortcuts();
  useFeedback();
  useAppCommands();
  useEffect(loadRest, []);
  const route = useUi((state) => state.route);
  return (
    <>
      <div className={styles.app}>
        <HostBanner />
        {useUi((state) => state.asksForDefault) && (
          <Suspense fallback={null}>
            <DefaultAppQuestion />
          </Suspense>
        )}
        {route === null && <Herald />}
        <Screen route={route} />
      </div>
      <AppDialogs />
      <OutboxWatch />
      <Toaster />
      <WaitingKeys />
      <LiveRegions />
    </>
  );
}

/** Nothing until the host said whether there is an account: a first run must not flash at someone who has mail. */
function Screen({ route }: { readonly route: WindowRoute | null }) {
  const connection = useHost((state) => state.connection);
  const { data: accounts, failure } = useLiveQuery('accounts.list', {}, ['accounts']);
  if (connection === 'ended') {
    return (
      <main className={styles.screen}>
        <EmptyState icon={<Anchor />} title={hostStrings.endedTitle} text={hostStrings.endedText} />
      </main>
    );
  }
  if (accounts === undefined) {
    return failure ? (
      <main className={styles.screen}>
        <EmptyState
          title={hostStrings.noAnswerTitle}
          text={[failure.message, failure.hint].filter(Boolean).join(' ')}
        >
          <Button onPress={refreshEverything}>{hostStrings.tryAgain}</Button>
        </EmptyState>
      </main>
    ) : null;
  }
  if (route?.kind === 'row') return <RowWindow route={route} />;
  if (route?.kind === 'draft') return <ComposerWindow draftId={route.draftId} />;
  if (accounts.length === 0)
    return (
      <Suspense fallback={null}>
        <FirstRun />
      </Suspense>
    );
  return (
    <>
      <TopBar />
      <MainScreen />
    </>
  );
}

/** What one window does for all of them: it counts in its title and tells of new mail. */
function Herald() {
  useTitle();
  useNewMail();
  return null;
}

/** A busy window rests late; by then somebody may want the palette. */
const LATEST_LOAD_MS = 2000;

/** What is not on the first screen: the reader as soon as that stands, what most windows never open once it rests. */
function loadRest(): () => void {
  loadReader().catch(() => undefined);
  const load = () => {
    loadLaterDialogs();
    void import('./feedback/waits').then(({ watchWaits }) => watchWaits());
  };
  const handle = requestIdleCallback(load, { timeout: LATEST_LOAD_MS });
  return () => cancelIdleCallback(handle);
}

function useAppearance(): void {
  const settings = useStoredSettings();
  const theme = settings?.theme;
  const density = settings?.density;
  useEffect(() => (theme && density ? applyAppearance({ theme, density }) : undefined), [theme, density]);
}
