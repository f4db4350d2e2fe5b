import { closeToast, showToast } from '../feedback/toast-store';
import { actionStrings } from '../strings/actions';

/** Waits shorter than this say nothing (UI-052). */
const SILENT_MS = 300;

/**
 * Says that a large change is being made, with Cancel. A change is one step for the engine, so cancelling means that
 * it is undone as soon as it is done. `end` answers whether the user cancelled.
 */
export function showLongWork(rows: number): { end(): boolean } {
  let toast: number | null = null;
  let cancelled = false;
  const timer = setTimeout(() => {
    toast = showToast({
      tone: 'done',
      text: actionStrings.working(rows),
      action: {
        label: actionStrings.cancel,
        run: () => {
          cancelled = true;
        },
      },
    });
  }, SILENT_MS);
  return {
    end() {
      clearTimeout(timer);
      if (toast !== null) closeToast(toast);
      return cancelled;
    },
  };
}
