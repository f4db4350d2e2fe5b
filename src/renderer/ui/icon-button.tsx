import type { ReactNode, Ref } from 'react';
import { Button, type ButtonProps, TooltipTrigger } from 'react-aria-components';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip';

export interface IconButtonProps
  extends Omit<ButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** Accessible name and tooltip. */
  readonly label: string;
  /** Shown beside the label in the tooltip, for example "E". */
  readonly shortcut?: string | undefined;
  readonly size?: 'normal' | 'small';
  readonly isActive?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button that is only an icon (16 px when small, else 18 px); its name is in the tooltip. */
export function IconButton({
  label,
  shortcut,
  size = 'normal',
  isActive,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={0}>
      <Button
        {...rest}
        aria-label={label}
        className={`${styles.button} ${styles[size]}`}
        data-active={isActive || undefined}
      >
        {children}
      </Button>
      <Tooltip label={label} shortcut={shortcut} />
    </TooltipTrigger>
  );
}
