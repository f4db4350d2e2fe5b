import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './switch.module.css';

interface SwitchProps {
  readonly label: string;
  /** The label stands beside it already. */
  readonly labelHidden?: boolean;
  readonly isSelected: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** On or off, at once. */
export function Switch({
  label,
  labelHidden = false,
  isSelected,
  isDisabled = false,
  onChange,
}: SwitchProps) {
  return (
    <AriaSwitch
      className={styles.switch ?? ''}
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={onChange}
      {...(labelHidden ? { 'aria-label': label } : {})}
    >
      <span className={styles.track} aria-hidden>
        <span className={styles.knob} />
      </span>
      {labelHidden ? null : label}
    </AriaSwitch>
  );
}
