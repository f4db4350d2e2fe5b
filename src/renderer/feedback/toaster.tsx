import { CircleAlert, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useCommand } from '../commands/registry';
import { useWindowClass } from '../layout/use-window-class';
import { feedbackStrings } from '../strings/feedback';
import { uiStrings } from '../strings/ui';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Spoken } from '../ui/live-region';
import { useNow } from '../ui/use-now';
import { hasWords, RunningWords } from './running-words';
import { useRunning } from './running-work';
import { closeFailures, closeToast, shownToasts, TOAST_MS, type Toast, useToasts } from './toast-store';
import styles from './toaster.module.css';

/** The notifications in the corner (UI-051): F8 goes there, Escape leaves; time stands still meanwhile. */
export function Toaster() {
  const toasts = useToasts((state) => state.toasts);
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const [held, setHeld] = useState(false);
  const working = useRunning(({ works }) => works.some(hasWords));
  const windowClass = useWindowClass();

  useCommand(
    'view.toasts',
    () => {
      cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      // The newest is the one that was just read.
      region.current?.querySelector<HTMLElement>(':scope > :last-child button')?.focus();
    },
    () => useToasts.getState().toasts.length > 0 || useRunning.getState().works.some(hasWords),
  );

  const leave = () => {
    if (cameFrom.current && cameFrom.current !== document.body) cameFrom.current.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  // Closing the last toast with the keyboard must not drop the focus into nowhere.
  const isEmpty = toasts.length === 0 && !working;
  const { shown, folded } = shownToasts(toasts);
  useEffect(() => {
    if (!isEmpty) return;
    setHeld(false);
    if (document.activeElement === document.body) cameFrom.current?.focus();
    cameFrom.current = null;
  }, [isEmpty]);

  return (
    <section
      ref={region}
      aria-label={feedbackStrings.region}
      // Stays in reach above an open dialog: what is done there can be undone too.
      data-react-aria-top-layer="true"
      data-window={windowClass}
      className={styles.region}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        leave();
      }}
    >
      <RunningWords />
      {folded > 0 ? (
        <div className={styles.folded}>
          <p>{feedbackStrings.folded(folded)}</p>
          <Button variant="quiet" size="small" onPress={closeFailures}>
            {feedbackStrings.closeFailures}
          </Button>
        </div>
      ) : null}
      {shown.map((toast) => (
        <ToastCard key={toast.id} toast={toast} held={held} />
      ))}
    </section>
  );
}

function ToastCard({ toast, held }: { readonly toast: Toast; readonly held: boolean }) {
  useEffect(() => {
    if (toast.tone === 'failure' || toast.until !== undefined || held) return;
    let timer = 0;
    const start = () => {
      window.clearTimeout(timer);
      if (!document.hidden) timer = window.setTimeout(() => closeToast(toast.id), TOAST_MS);
    };
    start();
    document.addEventListener('visibilitychange', start);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', start);
    };
  }, [toast, held]);

  const { action } = toast;
  return (
    <Spoken
      className={styles.toast}
      politeness={toast.tone === 'failure' ? 'assertive' : 'polite'}
      calm={toast.tone !== 'failure'}
    >
      {toast.tone === 'failure' ? <CircleAlert aria-hidden className={styles.alert} /> : null}
      <div className={styles.words} data-selectable>
        <p>{toast.text}</p>
        {toast.until === undefined ? null : <Countdown id={toast.id} until={toast.until} />}
        {toast.detail ? <p className={styles.detail}>{toast.detail}</p> : null}
      </div>
      {action ? (
        <Button
          variant="quiet"
          size="small"
          onPress={() => {
            closeToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton label={uiStrings.close} size="small" onPress={() => closeToast(toast.id)}>
        <X />
      </IconButton>
    </Spoken>
  );
}

/** Seconds that are left, for the eye only: heard every second they would drown everything else. */
function Countdown({ id, until }: { readonly id: number; readonly until: number }) {
  const now = useNow(true);
  const left = Math.ceil((until - now) / 1000);
  useEffect(() => {
    if (left <= 0) closeToast(id);
  }, [id, left]);
  return (
    <p aria-hidden className={styles.detail}>
      {feedbackStrings.secondsLeft(Math.max(0, left))}
    </p>
  );
}
