import { useEffect } from 'react';
import { useToasts } from '../feedback/toast-store';
import { gesturesAnswered } from '../feedback/undo';

/** Closes a window of its own that has nothing more to show, once there is nothing left to read or to take back. */
export function useCloseWhenDone(done: boolean): void {
  const offers = useToasts((state) => state.toasts.length > 0);
  useEffect(() => {
    if (!done || offers) return;
    let stays = false;
    // What is being done or undone has something to say first.
    void gesturesAnswered().then(() => {
      if (!stays && useToasts.getState().toasts.length === 0) window.close();
    });
    return () => {
      stays = true;
    };
  }, [done, offers]);
}
