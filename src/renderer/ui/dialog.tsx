import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { uiStrings } from '../strings/ui';
import styles from './dialog.module.css';
import { IconButton } from './icon-button';
import { useOnlyDialog } from './use-only-dialog';

interface DialogProps {
  readonly title: string;
  /** Its width (UI-008). */
  readonly size?: 480 | 640 | 800;
  /** As high as a dialog may be, for what fills any room. */
  readonly isTall?: boolean;
  /** 'alertdialog' when the question must be answered before anything else. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly onClose: () => void;
  /** The content is only read: it takes the focus itself, so that arrow keys scroll it. */
  readonly isReading?: boolean;
  /** Buttons at the end, the primary one last (UI-008). */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog: focus inside, Escape and the scrim close it, the focus returns to where it was. There is never one
 * over another.
 */
export function Dialog({
  title,
  size = 480,
  isTall = false,
  role = 'dialog',
  isReading = false,
  onClose,
  actions,
  children,
}: DialogProps) {
  const content = useRef<HTMLElement>(null);
  useKeptFocus(content);
  useOnlyDialog(onClose);
  return (
    <ModalOverlay
      isOpen
      isDismissable={role === 'dialog'}
      onOpenChange={(open) => (open ? undefined : onClose())}
      className={styles.overlay ?? ''}
    >
      <Modal className={`${styles.modal} ${styles[`w${size}`]} ${isTall ? styles.tall : ''}`}>
        <AriaDialog ref={content} role={role} className={styles.dialog ?? ''}>
          <div className={styles.header}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <IconButton label={uiStrings.close} size="small" onPress={onClose}>
              <X />
            </IconButton>
          </div>
          {isReading ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key (WCAG 2.1.1)
            <section className={styles.content} aria-label={title} tabIndex={0}>
              {children}
            </section>
          ) : (
            <div className={styles.content}>{children}</div>
          )}
          {actions ? <div className={styles.actions}>{actions}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What had the focus may vanish, a settled entry for instance: then the dialog has it, so that keys still reach it. */
function useKeptFocus(dialog: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const observer = new MutationObserver(() => {
      if (document.activeElement === null || document.activeElement === document.body) element.focus();
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [dialog]);
}
