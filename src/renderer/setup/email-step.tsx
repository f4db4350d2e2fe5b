import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useWork } from '../feedback/use-work';
import { setupStrings } from '../strings/setup';
import { Button } from '../ui/button';
import { TextField } from '../ui/text-field';
import { Wait } from '../ui/wait';
import styles from './setup.module.css';

interface EmailStepProps {
  readonly email: string;
  readonly size: 'normal' | 'large';
  /** The domain whose servers are looked for; null = nothing is being looked for. */
  readonly looking: string | null;
  readonly onChange: (email: string) => void;
  /** False when the address cannot be one. */
  readonly onContinue: () => boolean;
  /** Goes on without waiting for what is looked for. */
  readonly onByHand: () => void;
}

/** One field and nothing that needs reading (APP-001). */
export function EmailStep({ email, size, looking, onChange, onContinue, onByHand }: EmailStepProps) {
  const [wrong, setWrong] = useState(false);
  const work = useWork(looking !== null, {
    place: 'none',
    doing: setupStrings.looking(looking ?? ''),
    ownWords: true,
  });
  return (
    <Form
      validationBehavior="aria"
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (looking === null) setWrong(!onContinue());
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
      {looking === null ? null : (
        // Going on by hand stands beside it from the start, which is its Cancel.
        <Wait phase={work?.phase ?? null} text={setupStrings.looking(looking)} share={null} />
      )}
      <div className={styles.buttons}>
        {looking === null ? null : (
          <Button size={size} onPress={onByHand}>
            {setupStrings.byHand}
          </Button>
        )}
        <Button type="submit" variant="primary" size={size} isDisabled={looking !== null}>
          {setupStrings.continue}
        </Button>
      </div>
    </Form>
  );
}
