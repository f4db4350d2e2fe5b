import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './button.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  /** One `primary` per view (art direction 4); `danger` only for what cannot be undone; `quiet` has no edge. */
  readonly variant?: 'primary' | 'danger' | 'plain' | 'quiet';
  readonly size?: 'normal' | 'small' | 'large';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button with words. While `isPending` it keeps its focus and says that it works. */
export function Button({ variant = 'plain', size = 'normal', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`${styles.button} ${styles[variant]} ${styles[size]}`}>
      {icon}
      <span>{children}</span>
    </AriaButton>
  );
}
