import type { MenuItemConstructorOptions, Tray } from 'electron';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { trayTitle } from './badge';

export interface TrayActions {
  showWindow(): void;
  /** Shows the window with an empty letter. */
  compose(): void;
  setPaused(paused: boolean): void;
  quit(): void;
}

/** The tray's menu, as data. */
export function trayMenu(
  unread: number,
  paused: boolean,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  return [
    { label: trayTitle(unread), enabled: false },
    { label: 'Open Homeport', click: () => actions.showWindow() },
    { label: commandTitles['compose.new'], click: () => actions.compose() },
    { label: paused ? 'Go Online' : 'Work Offline', click: () => actions.setPaused(!paused) },
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ];
}

/** Keeps the tray's words up to date (APP-272). */
export function createTrayItem(
  tray: Pick<Tray, 'setToolTip' | 'setContextMenu' | 'on'>,
  buildMenu: (template: MenuItemConstructorOptions[]) => Electron.Menu,
  actions: TrayActions,
): { update(unread: number, paused: boolean): void } {
  tray.on('click', () => actions.showWindow());
  return {
    update: (unread, paused) => {
      tray.setToolTip(trayTitle(unread));
      tray.setContextMenu(buildMenu(trayMenu(unread, paused, actions)));
    },
  };
}
