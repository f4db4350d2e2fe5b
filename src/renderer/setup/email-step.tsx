import { useState } from 'react';
import { Form } from 'react-aria-components';
import { setupStrings } from '../strings/setup';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import styles from './setup.module.css';

interface EmailStepProps {
  readonly email: string;
  readonly size: 'normal' | 'large';
  readonly onChange: (email: string) => void;
  /** False when the address cannot be one. */
  readonly onContinue: () => boolean;
}

/** One field and nothing that needs reading (APP-001). */
export function EmailStep({ email, size, onChange, onContinue }: EmailStepProps) {
  const [wrong, setWrong] = useState(false);
  return (
    <Form
      validationBehavior="aria"
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(!onContinue());
      }}
    >
      <TextField
        label={setupStrings.email}
        value={email}
        onChange={(value) => {
          setWrong(false);
          onChange(value);
        }}
        type="email"
        inputMode="email"
        autoComplete="email"
        spellCheck="false"
        autoFocus
        size={size}
        placeholder={setupStrings.emailPlaceholder}
        error={wrong ? setupStrings.emailWrong : undefined}
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" size={size}>
          {setupStrings.continue}
        </Button>
      </div>
    </Form>
  );
}
