import { useEffect } from 'react';
import { useCommand } from '../commands/registry';
import { openDialog } from '../state/ui-store';
import { feedbackStrings } from '../strings/feedback';
import { onHostEvent } from '../transport/host-events';
import { showToast } from './toast-store';
import { canRedo, canUndo, redoLast, undoLast } from './undo';

/** Undo and redo by key, a word about each change that the server refused, and what a server wants to be read. Used once, by the application. */
export function useFeedback(): void {
  useCommand('edit.undo', () => void undoLast(), canUndo);
  useCommand('edit.redo', () => void redoLast(), canRedo);
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.kind === 'alert')
          showToast({ tone: 'failure', text: feedbackStrings.alert(event.account), detail: event.text });
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
