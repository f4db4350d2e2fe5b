import { useEffect } from 'react';
import { useCommand } from '../commands/registry';
import { openDialog } from '../state/ui-store';
import { feedbackStrings } from '../strings/feedback';
import { onHostEvent } from '../transport/host-events';
import { showToast } from './toast-store';
import { canRedo, canUndo, redoLast, undoLast } from './undo';

/** Undo and redo by key, and a word about each change that the server refused. Used once, by the application. */
export function useFeedback(): void {
  useCommand('edit.undo', () => void undoLast(), canUndo);
  useCommand('edit.redo', () => void redoLast(), canRedo);
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.kind !== 'parked') return;
        showToast({
          tone: 'failure',
          text: feedbackStrings.parked(event.title),
          detail: event.failure.message,
          action: {
            label: feedbackStrings.review,
            run: () => openDialog({ kind: 'changes', show: 'parked' }),
          },
        });
      }),
    [],
  );
}
