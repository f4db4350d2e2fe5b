import type { BrowserWindow, WebContents } from 'electron';
import type { WindowInView, WindowsInView } from '../core/windows-in-view';
import type { CallOf } from './ipc-gate';

/**
 * Gives every window of ours its own way to the core, for as long as its page lives (SYNC-119).
 * @param windowOf the window of ours with these contents; null for anything else (APP-362)
 */
export function createWindowCalls(
  windows: WindowsInView,
  windowOf: (contents: WebContents) => Pick<BrowserWindow, 'id'> | null,
): CallOf {
  const known = new Map<number, WindowInView>();
  const connect = (contents: WebContents): WindowInView => {
    const { id } = contents;
    const made = windows.connect();
    known.set(id, made);
    const gone = (): void => {
      if (known.get(id) === made) known.delete(id);
      made.end();
    };
    contents.once('destroyed', gone);
    contents.once('render-process-gone', gone);
    return made;
  };
  return (contents) => {
    const window = windowOf(contents);
    if (window === null) return null;
    const { call } = known.get(contents.id) ?? connect(contents);
    return (method, input) => call(method, input, { windowId: window.id });
  };
}
