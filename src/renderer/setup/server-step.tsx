import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { PinnedCertificate } from '../../shared/contract/methods';
import { setupStrings } from '../strings/setup';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { PasswordField } from '../ui/password-field';
import { ProgressBar } from '../ui/progress-bar';
import type { ChosenCaFile } from './ca-file';
import { checkFields, type FieldErrors } from './check-fields';
import { type ConnectResult, connectAccount } from './connect-account';
import { type Guess, guessAgain } from './guess-server';
import { ProbeReport } from './probe-report';
import { ServerFields } from './server-fields';
import styles from './setup.module.css';

interface ServerStepProps {
  readonly email: string;
  readonly guess: Guess;
  readonly size: 'normal' | 'large';
  readonly onBack: () => void;
  readonly onDone: (name: string) => void;
}

/** Where the mail is and the password; tested before anything is added (APP-003, APP-007). */
export function ServerStep({ email, guess, size, onBack, onDone }: ServerStepProps) {
  const [server, setServer] = useState(guess.server);
  const [name, setName] = useState(email.slice(email.indexOf('@') + 1));
  const [password, setPassword] = useState('');
  const [ca, setCa] = useState<ChosenCaFile | null>(null);
  const [editing, setEditing] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ConnectResult | null>(null);

  // What the test found stands below the fields; the next step stands below that.
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result) buttons.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);

  const isGuess = server === guess.server;
  const connect = async (pinned: readonly PinnedCertificate[]) => {
    const found = checkFields(server, password);
    setErrors(found);
    if (found.host || found.port || found.user) setEditing(true);
    if (busy || Object.keys(found).length > 0) return;
    setBusy(true);
    setResult(null);
    const otherwise = isGuess ? guessAgain(guess) : null;
    const draft = { email, name, server, otherwise, password, pinned, caPem: ca?.pem ?? null };
    const answer = await connectAccount(draft);
    setBusy(false);
    setResult(answer);
    if (answer.kind === 'added') onDone(name);
  };

  const probe = result?.kind === 'refused' ? result.probe : null;
  const passwordRefused = probe?.verdict === 'wrong-password' || probe?.verdict === 'needs-app-password';
  return (
    <Form
      validationBehavior="aria"
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void connect([]);
      }}
    >
      <div className={styles.found}>
        <div>
          <p className={styles.address}>{email}</p>
          <p className={styles.line}>
            {isGuess ? setupStrings.found(server, guess.known) : setupStrings.manual(server)}
          </p>
        </div>
        <Button
          size="small"
          variant="quiet"
          aria-expanded={editing}
          aria-label={`${editing ? setupStrings.hideServer : setupStrings.changeServer}: ${setupStrings.serverTitle}`}
          onPress={() => setEditing(!editing)}
        >
          {editing ? setupStrings.hideServer : setupStrings.changeServer}
        </Button>
      </div>
      {editing ? (
        <ServerFields
          server={server}
          name={name}
          errors={errors}
          onServer={setServer}
          onName={setName}
          ca={ca}
          onCa={setCa}
        />
      ) : null}
      <PasswordField
        label={setupStrings.password}
        value={password}
        onChange={setPassword}
        autoFocus
        size={size}
        description={
          guess.appPassword
            ? setupStrings.appPasswordHint(email.slice(email.indexOf('@') + 1))
            : setupStrings.passwordHint
        }
        error={
          errors.password ?? (passwordRefused && probe ? setupStrings.verdict[probe.verdict] : undefined)
        }
      />
      {busy ? (
        <div className={styles.busy} role="status">
          <p>{setupStrings.testing(server.host)}</p>
          <ProgressBar label={setupStrings.testing(server.host)} share={null} />
        </div>
      ) : null}
      {result?.kind === 'failed' ? (
        <Banner tone="danger" announce>
          {[result.failure.message, result.failure.hint].filter(Boolean).join(' ')}
        </Banner>
      ) : null}
      {probe ? <ProbeReport probe={probe} onTrust={(pin) => void connect([pin])} /> : null}
      <div ref={buttons} className={styles.buttons}>
        <Button size={size} onPress={onBack}>
          {setupStrings.back}
        </Button>
        <Button type="submit" variant="primary" size={size} isPending={busy}>
          {result && !busy ? setupStrings.connectAgain : setupStrings.connect}
        </Button>
      </div>
    </Form>
  );
}
