import { Tooltip as AriaTooltip } from 'react-aria-components';
import { Key } from './key';
import styles from './tooltip.module.css';

interface TooltipProps {
  readonly label: string;
  readonly shortcut?: string | undefined;
}

/** The words of a TooltipTrigger: a name, and the key that does the same. */
export function Tooltip({ label, shortcut }: TooltipProps) {
  return (
    <AriaTooltip className={styles.tooltip ?? ''} offset={6}>
      {label}
      {shortcut ? <Key keys={shortcut} /> : null}
    </AriaTooltip>
  );
}
