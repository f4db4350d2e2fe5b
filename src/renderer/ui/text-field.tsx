import type { ReactNode } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components';
import styles from './text-field.module.css';

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** One sentence below the field. */
  readonly description?: string | undefined;
  /** What is wrong with the value; shown at the field and announced. */
  readonly error?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly size?: 'normal' | 'large';
  /** Stands inside the field's end, for example a button. */
  readonly end?: ReactNode;
}

export function TextField({
  label,
  description,
  error,
  placeholder,
  size = 'normal',
  end,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      {...rest}
      className={`${styles.field} ${styles[size]}`}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={styles.label}>{label}</Label>
      <div className={styles.box}>
        <Input className={styles.input ?? ''} placeholder={placeholder ?? ''} />
        {end}
      </div>
      {description ? (
        <Text slot="description" className={styles.description ?? ''}>
          {description}
        </Text>
      ) : null}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
