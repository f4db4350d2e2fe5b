import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { GROUNDS } from './window-look';

/** The window's top bar without its hairline; `--bar-height`. */
const HEIGHT_PX = 47;
/** `--bg-app` and `--text-secondary` of the themes: the system draws its buttons as the bar beside them. */
const COLOURS = {
  light: { color: GROUNDS.light, symbolColor: '#4b5563' },
  dark: { color: GROUNDS.dark, symbolColor: '#b0bac6' },
} as const;

type Frame = Pick<
  BrowserWindowConstructorOptions,
  'titleBarStyle' | 'titleBarOverlay' | 'trafficLightPosition'
>;

/**
 * The top bar is the window's title bar, with the system's own buttons in it; on Linux, where the system's title bars
 * differ most, only for those who want it so (UI-004).
 */
export function titleBar(platform: NodeJS.Platform, systemsOwn: boolean, dark: boolean): Frame {
  switch (platform) {
    case 'darwin':
      return {
        titleBarStyle: 'hidden',
        titleBarOverlay: { height: HEIGHT_PX },
        trafficLightPosition: { x: 16, y: 16 },
      };
    case 'win32':
      return overlay(dark);
    default:
      return systemsOwn ? {} : overlay(dark);
  }
}

function overlay(dark: boolean): Frame {
  const titleBarOverlay = { ...COLOURS[dark ? 'dark' : 'light'], height: HEIGHT_PX };
  return { titleBarStyle: 'hidden', titleBarOverlay };
}

/** Gives the system's buttons in a window the colours of another theme, where it has any to give. */
export function recolour(window: Pick<BrowserWindow, 'setTitleBarOverlay'>, frame: Frame): void {
  const { titleBarOverlay } = frame;
  if (typeof titleBarOverlay === 'object' && titleBarOverlay.color)
    window.setTitleBarOverlay(titleBarOverlay);
}
