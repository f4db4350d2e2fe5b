import { type CSSProperties, type ReactNode, useRef } from 'react';
import { Menu as AriaMenu, Popover as AriaPopover } from 'react-aria-components';
import styles from './menu.module.css';

export interface MenuPoint {
  /** Where the pointer was, or the middle of the element that had the focus; CSS px in the window. */
  readonly x: number;
  readonly y: number;
}

interface ContextMenuProps {
  readonly at: MenuPoint;
  readonly label: string;
  readonly onClose: () => void;
  /** MenuItem, MenuSection, MenuSeparator. */
  readonly children: ReactNode;
}

/** A menu at a point. Mounted = open; the focus returns to where it was. */
export function ContextMenu({ at, label, onClose, children }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const place: CSSProperties = { position: 'fixed', left: at.x, top: at.y };
  return (
    <>
      <span ref={anchor} style={place} />
      <AriaPopover
        triggerRef={anchor}
        aria-label={label}
        isOpen
        onOpenChange={(open) => (open ? undefined : onClose())}
        placement="bottom start"
        className={styles.popover ?? ''}
      >
        <AriaMenu autoFocus="first" aria-label={label} className={styles.menu ?? ''} onClose={onClose}>
          {children}
        </AriaMenu>
      </AriaPopover>
    </>
  );
}
