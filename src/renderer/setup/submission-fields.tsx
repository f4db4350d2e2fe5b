import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import { setupStrings } from '../strings/setup';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import type { FieldErrors } from './check-fields';
import { guessSubmission, submissionPortFor } from './guess-server';
import styles from './setup.module.css';

interface SubmissionFieldsProps {
  readonly submission: SubmissionSettings | null;
  /** Where a new sending line begins. */
  readonly mailHost: string;
  /** Whose name an empty one stands for. */
  readonly userHint: string;
  readonly errors: FieldErrors;
  readonly onChange: (submission: SubmissionSettings | null) => void;
}

const SECURITIES = ['tls', 'starttls', 'none'] as const;

/** The sending line of the manual set-up (APP-007); an account may do without. */
export function SubmissionFields({
  submission,
  mailHost,
  userHint,
  errors,
  onChange,
}: SubmissionFieldsProps) {
  return (
    <fieldset className={styles.fields} aria-label={setupStrings.sendingTitle}>
      <Switch
        label={setupStrings.sendingOn}
        isSelected={submission !== null}
        onChange={(on) => onChange(on ? guessSubmission(mailHost) : null)}
      />
      {submission ? (
        <>
          <TextField
            label={setupStrings.sendingHost}
            value={submission.host}
            onChange={(host) => onChange({ ...submission, host: host.trim() })}
            error={errors.sendingHost}
            spellCheck="false"
            autoComplete="off"
          />
          <div className={styles.pair}>
            <TextField
              label={setupStrings.sendingPort}
              value={submission.port === 0 ? '' : String(submission.port)}
              onChange={(port) => onChange({ ...submission, port: Number(port.replace(/\D/g, '')) })}
              error={errors.sendingPort}
              inputMode="numeric"
              autoComplete="off"
            />
            <Select
              label={setupStrings.sendingSecurity}
              value={submission.security}
              options={SECURITIES.map((value) => ({ value, label: setupStrings.securityOptions[value] }))}
              onChange={(security) =>
                onChange({ ...submission, security, port: submissionPortFor(submission, security) })
              }
            />
          </div>
          <TextField
            label={setupStrings.sendingUser}
            value={submission.user ?? ''}
            onChange={(user) => onChange({ ...submission, user: user === '' ? null : user })}
            description={userHint}
            autoComplete="off"
            spellCheck="false"
          />
        </>
      ) : null}
    </fieldset>
  );
}
