import type { BrowserWindow, NativeImage } from 'electron';
import type { ListView } from '../../shared/contract/views';
import { SMART_LISTS } from '../../shared/domain';
import { plural } from '../../shared/plural';
import { drawNumber, OVERLAY_PX } from './draw-number';

/** Unread messages of all inboxes: what tray, dock and title tell (APP-272, APP-273). */
export function unreadInInboxes(lists: readonly ListView[]): number {
  return lists.find(({ id }) => id === SMART_LISTS.inbox)?.unreadMessages ?? 0;
}

export function trayTitle(unread: number): string {
  if (unread === 0) return 'Homeport';
  return `Homeport - ${unread} unread ${plural(unread, { one: 'message', other: 'messages' })}`;
}

export interface BadgeOptions {
  readonly platform: NodeJS.Platform;
  /** The dock of macOS and the launchers of Linux. */
  setBadgeCount(count: number): void;
  /** The window in the taskbar of Windows, which knows pictures only; null while there is none. */
  window(): Pick<BrowserWindow, 'setOverlayIcon'> | null;
  toImage(bitmap: Buffer, size: { width: number; height: number }): NativeImage;
}

export interface Badge {
  show(unread: number): void;
  /** A new window does not know the number yet. */
  again(): void;
}

/** Shows the unread messages of the inboxes at the app's own picture, in the way each system has (APP-273). */
export function createBadge({ platform, setBadgeCount, window, toImage }: BadgeOptions): Badge {
  let shown = 0;
  const again = (): void => {
    if (platform !== 'win32') {
      setBadgeCount(shown);
      return;
    }
    const picture =
      shown === 0 ? null : toImage(drawNumber(shown), { width: OVERLAY_PX, height: OVERLAY_PX });
    window()?.setOverlayIcon(picture, shown === 0 ? '' : trayTitle(shown));
  };
  return {
    show: (unread) => {
      shown = unread;
      again();
    },
    again,
  };
}
