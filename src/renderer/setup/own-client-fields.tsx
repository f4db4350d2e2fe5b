import { useState } from 'react';
import { oauthStrings } from '../strings/oauth';
import { Button } from '../ui/button';
import { PasswordField } from '../ui/password-field';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';
import { type ClientDraft, type ClientErrors, presetOf } from './oauth-presets';
import styles from './setup.module.css';

interface OwnClientFieldsProps {
  readonly draft: ClientDraft;
  readonly errors: ClientErrors;
  /** A secret is kept already and stays when nothing is typed. */
  readonly secretKept: boolean;
  readonly onChange: (draft: ClientDraft) => void;
}

const PROVIDERS = ['google', 'microsoft', 'other'] as const;

/** Which client Homeport is to the provider: everything can be one's own (APP-005). */
export function OwnClientFields({ draft, errors, secretKept, onChange }: OwnClientFieldsProps) {
  const [more, setMore] = useState(false);
  // What is known of a provider is seldom changed; what is wrong has to be seen.
  const { clientId: _shown, ...below } = errors;
  const open = more || draft.provider === 'other' || Object.keys(below).length > 0;
  const field = (name: 'clientId' | 'authorizationUrl' | 'tokenUrl' | 'deviceUrl' | 'scopes' | 'issuer') => (
    <TextField
      label={oauthStrings[name]}
      value={draft[name]}
      onChange={(text) => onChange({ ...draft, [name]: name === 'scopes' ? text : text.trim() })}
      error={name !== 'issuer' && errors[name] ? oauthStrings.wrong[name] : undefined}
      description={name === 'deviceUrl' || name === 'issuer' ? oauthStrings.optional : undefined}
      spellCheck="false"
      autoComplete="off"
    />
  );
  return (
    <fieldset className={styles.fields} aria-label={oauthStrings.clientTitle}>
      <p className={styles.guide}>{oauthStrings.clientText}</p>
      <Select
        label={oauthStrings.provider}
        value={draft.provider}
        options={PROVIDERS.map((value) => ({ value, label: oauthStrings.providers[value] }))}
        onChange={(provider) => onChange({ ...presetOf(provider), clientId: draft.clientId })}
      />
      {field('clientId')}
      <PasswordField
        label={oauthStrings.clientSecret}
        value={draft.clientSecret}
        onChange={(clientSecret) => onChange({ ...draft, clientSecret })}
        description={secretKept ? oauthStrings.secretKept : oauthStrings.secretHint}
        name="client-secret"
        autoComplete="off"
      />
      {open ? (
        <>
          {field('authorizationUrl')}
          {field('tokenUrl')}
          {field('scopes')}
          {field('deviceUrl')}
          {field('issuer')}
        </>
      ) : (
        <div className={styles.buttons}>
          <Button size="small" variant="quiet" onPress={() => setMore(true)}>
            {oauthStrings.more}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
