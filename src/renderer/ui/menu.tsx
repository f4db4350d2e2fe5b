import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Popover as AriaPopover,
  Separator as AriaSeparator,
  Header,
  MenuTrigger,
} from 'react-aria-components';
import { Key } from './key';
import styles from './menu.module.css';

interface MenuProps {
  /** The button that opens it; the first child of a MenuTrigger. */
  readonly trigger: ReactNode;
  /** Accessible name of the menu. */
  readonly label: string;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
  /** MenuItem, MenuSection, MenuSeparator. */
  readonly children: ReactNode;
}

/** A button with a menu below it. Arrows, type-ahead, Escape and the return of the focus come from react-aria. */
export function Menu({ trigger, label, placement = 'bottom start', children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <AriaPopover className={styles.popover ?? ''} placement={placement} offset={4}>
        <AriaMenu className={styles.menu ?? ''} aria-label={label}>
          {children}
        </AriaMenu>
      </AriaPopover>
    </MenuTrigger>
  );
}

interface MenuItemProps {
  readonly id?: string;
  readonly icon?: ReactNode;
  /** Words of the item; also what type-ahead matches. */
  readonly label: string;
  readonly shortcut?: string | undefined;
  /** Said after the words, in the second voice. */
  readonly detail?: string;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

export function MenuItem({ id, icon, label, shortcut, detail, danger, isDisabled, onAction }: MenuItemProps) {
  return (
    <AriaMenuItem
      {...(id === undefined ? {} : { id })}
      textValue={label}
      isDisabled={isDisabled ?? false}
      onAction={onAction}
      className={`${styles.item} ${danger ? styles.danger : ''}`}
    >
      {({ selectionMode, isSelected }) => (
        <>
          <span className={`${styles.icon} ${selectionMode === 'none' ? '' : styles.tick}`}>
            {selectionMode === 'none' ? icon : isSelected && <Check />}
          </span>
          <span className={styles.label}>{label}</span>
          {detail ? <span className={styles.detail}>{detail}</span> : null}
          {shortcut ? <Key keys={shortcut} /> : null}
        </>
      )}
    </AriaMenuItem>
  );
}

interface MenuSectionProps {
  readonly title: string;
  /** Ids of the items that are on: makes the items choices with a tick, one of them or (`multiple`) any. */
  readonly selected?: Iterable<string>;
  readonly multiple?: boolean;
  readonly children: ReactNode;
}

export function MenuSection({ title, selected, multiple = false, children }: MenuSectionProps) {
  const selection = selected
    ? ({ selectionMode: multiple ? 'multiple' : 'single', selectedKeys: selected } as const)
    : {};
  return (
    <AriaMenuSection {...selection} className={styles.section ?? ''}>
      <Header className={styles.title}>{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator() {
  return <AriaSeparator className={styles.separator ?? ''} />;
}
