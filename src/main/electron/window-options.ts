import type { WindowLook } from './window-look';

/**
 * What every window is allowed to be (APP-360). Data, so that a test compares it with what the running window really
 * has; there is no other place that makes a window's preferences.
 */
export function webPreferences(options: {
  readonly preload: string | null;
  readonly devTools: boolean;
  readonly partition: string;
}) {
  return {
    ...(options.preload === null ? {} : { preload: options.preload }),
    partition: options.partition,
    devTools: options.devTools,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    plugins: false,
    safeDialogs: true,
    disableDialogs: true,
    autoplayPolicy: 'document-user-activation-required',
  } as const;
}

/** In memory only: no cookie, cache entry or storage of a window outlives the run. */
export const WINDOW_PARTITION = 'homeport';

const SMALLEST = { minWidth: 480, minHeight: 400 } as const;

/** A window with our page, which is shown once that is drawn. */
export function pageWindow({
  preload,
  devTools,
  look,
}: {
  readonly preload: string;
  readonly devTools: boolean;
  readonly look: Pick<WindowLook, 'background'>;
}) {
  return {
    ...SMALLEST,
    show: false,
    title: 'Homeport',
    backgroundColor: look.background(),
    autoHideMenuBar: true,
    webPreferences: webPreferences({ preload, devTools, partition: WINDOW_PARTITION }),
  };
}
