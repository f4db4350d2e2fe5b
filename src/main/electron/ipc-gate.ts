import type { IpcMain, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import type { Reply } from '../../shared/contract/bridge';
import { IPC_CALL } from '../../shared/contract/ipc';
import type { Logger } from '../../sync/ports/logger';
import { APP_ORIGIN } from './origins';

/** What of the sender decides; a test hands in forged ones. */
export interface Sender {
  readonly senderFrame: Pick<WebFrameMain, 'origin' | 'parent'> | null;
}

/** APP-362: only the main frame of a window that shows our own origin may call. */
export function isOurWindow({ senderFrame }: Sender): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === APP_ORIGIN;
}

/** The way to the core of one of our own windows; null for contents that are none. */
export type CallOf = (sender: WebContents) => ((method: string, input: unknown) => Promise<Reply>) | null;

/** Puts the router behind the one channel windows may use; everybody else is refused before anything is read. */
export function openIpcGate(ipcMain: Pick<IpcMain, 'handle'>, callOf: CallOf, logger: Logger): void {
  ipcMain.handle(
    IPC_CALL,
    (event: IpcMainInvokeEvent, method: unknown, input: unknown, ...rest: unknown[]) => {
      const call = isOurWindow(event) ? callOf(event.sender) : null;
      if (call === null || typeof method !== 'string' || rest.length > 0) {
        logger.warn('ipc.refused');
        return {
          ok: false,
          failure: { kind: 'invalid', message: 'This window may not do that.' },
        } satisfies Reply;
      }
      return call(method, input);
    },
  );
}
