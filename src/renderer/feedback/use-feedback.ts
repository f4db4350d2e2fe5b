import { useEffect } from 'react';
import { useCommand } from '../commands/registry';
import { isPopout, openDialog } from '../state/ui-store';
import { onHostEvent } from '../transport/host-events';
import { lookForEarlier } from './earlier-gestures';
import { toastOfEvent } from './toast-of-event';
import { showToast } from './toast-store';
import { canRedo, canUndo, redoLast, undoLast } from './undo';

/** Undo and redo by key, a word about each change that the server refused, and what a server wants to be read. Used once, by the application. */
export function useFeedback(): void {
  useCommand('edit.undo', () => void undoLast(), canUndo);
  useCommand('edit.redo', () => void redoLast(), canRedo);
  useEffect(() => void lookForEarlier(), []);
  useEffect(
    () =>
      onHostEvent((event) => {
        // Told once: a window for one row says what was done in it.
        if (isPopout()) return;
        const toast = toastOfEvent(event, () => openDialog({ kind: 'changes', show: 'parked' }));
        if (toast) showToast(toast);
      }),
    [],
  );
}
