import type { ReactNode, RefObject } from 'react';
import { Popover as AriaPopover, Dialog } from 'react-aria-components';
import styles from './popover.module.css';

interface PopoverProps {
  readonly triggerRef: RefObject<Element | null>;
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Accessible name. */
  readonly label: string;
  readonly placement?: 'bottom start' | 'bottom end' | 'bottom';
  /** In a window as small as a phone's it takes all of it. */
  readonly fillsPhone?: boolean;
  readonly children: ReactNode;
}

/** A panel that hangs on its trigger, 420 wide. */
export function Popover({
  triggerRef,
  isOpen,
  onOpenChange,
  label,
  placement = 'bottom end',
  fillsPhone = false,
  children,
}: PopoverProps) {
  return (
    <AriaPopover
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement={placement}
      offset={6}
      className={`${styles.popover} ${fillsPhone ? styles.fills : ''}`}
    >
      <Dialog aria-label={label} className={styles.dialog ?? ''}>
        {children}
      </Dialog>
    </AriaPopover>
  );
}
