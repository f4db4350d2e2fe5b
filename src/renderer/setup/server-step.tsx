import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { DiscoveryView } from '../../shared/contract/discovery';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import { setupStrings } from '../strings/setup';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { PasswordField } from '../ui/password-field';
import { ProgressBar } from '../ui/progress-bar';
import { AppPasswordHelp } from './app-password-help';
import type { ChosenCaFile } from './ca-file';
import { checkFields, type FieldErrors } from './check-fields';
import { type ConnectResult, connectAccount } from './connect-account';
import { FoundLine } from './found-line';
import { guessAgain } from './guess-server';
import { ProbeReport } from './probe-report';
import { ServerFields } from './server-fields';
import styles from './setup.module.css';
import { SignInWall } from './sign-in-wall';
import { SubmissionFields } from './submission-fields';

interface ServerStepProps {
  readonly email: string;
  readonly found: DiscoveryView;
  readonly size: 'normal' | 'large';
  /** The shared list of providers is being asked. */
  readonly asking: boolean;
  /** Null once it was asked. */
  readonly onAskDatabase: (() => void) | null;
  readonly onBack: () => void;
  readonly onDone: (name: string) => void;
}

/** Where the mail is and the password; tested before anything is added (APP-002, APP-003, APP-007). */
export function ServerStep(props: ServerStepProps) {
  const { email, found, size, asking, onAskDatabase, onBack, onDone } = props;
  const [server, setServer] = useState(found.imap);
  const [submission, setSubmission] = useState(found.submission);
  const [name, setName] = useState(email.slice(email.indexOf('@') + 1));
  const [password, setPassword] = useState('');
  const [ca, setCa] = useState<ChosenCaFile | null>(null);
  const [pinned, setPinned] = useState<readonly PinnedCertificate[]>([]);
  const [editing, setEditing] = useState(false);
  const [confirmed, setConfirmed] = useState(found.safe);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ConnectResult | null>(null);

  // What the test found stands below the fields; the next step stands below that.
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result) buttons.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);

  const isFound = server === found.imap;
  const connect = async (trusted: readonly PinnedCertificate[], sending: SubmissionSettings | null) => {
    const wrong = checkFields(server, sending, password);
    setErrors(wrong);
    if (Object.keys(wrong).some((field) => field !== 'password')) setEditing(true);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    setResult(null);
    const answer = await connectAccount({
      email,
      name,
      server,
      otherwise: isFound ? guessAgain(found) : null,
      submission: sending,
      password,
      pinned: trusted,
      caPem: ca?.pem ?? null,
    });
    setBusy(false);
    setResult(answer);
    if (answer.kind === 'added') onDone(name);
  };
  const trust = (pin: PinnedCertificate) => {
    const all = [...pinned, pin];
    setPinned(all);
    void connect(all, submission);
  };

  const probe = result?.kind === 'refused' ? result.probe : null;
  const passwordRefused = probe?.verdict === 'wrong-password' || probe?.verdict === 'needs-app-password';
  const wall = probe?.verdict === 'needs-oauth' || probe?.verdict === 'blocked-by-admin' ? probe : null;
  const unknown = found.source === 'guess' || found.source === 'nothing';
  return (
    <Form
      validationBehavior="aria"
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (confirmed || !isFound) void connect(pinned, submission);
      }}
    >
      <FoundLine
        email={email}
        found={found}
        server={server}
        submission={submission}
        editing={editing}
        asking={asking}
        onEdit={() => setEditing(!editing)}
        onConfirm={confirmed || !isFound ? null : () => setConfirmed(true)}
        onAskDatabase={unknown && isFound && !editing ? onAskDatabase : null}
      />
      {editing ? (
        <>
          <ServerFields
            server={server}
            name={name}
            errors={errors}
            onServer={setServer}
            onName={setName}
            ca={ca}
            onCa={setCa}
          />
          <SubmissionFields
            submission={submission}
            mailHost={server.host}
            errors={errors}
            onChange={setSubmission}
          />
        </>
      ) : null}
      {found.appPassword && !wall ? <AppPasswordHelp {...found.appPassword} /> : null}
      <PasswordField
        label={found.appPassword ? setupStrings.appPassword : setupStrings.password}
        value={password}
        onChange={setPassword}
        autoFocus
        size={size}
        description={setupStrings.passwordHint}
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
      {probe ? <ProbeReport probe={probe} onTrust={trust} /> : null}
      {wall ? <SignInWall probe={wall} email={email} host={server.host} found={found} /> : null}
      <div ref={buttons} className={styles.buttons}>
        <Button size={size} onPress={onBack}>
          {setupStrings.back}
        </Button>
        {probe?.verdict === 'ok' ? (
          <Button
            size={size}
            onPress={() => {
              setSubmission(null);
              void connect(pinned, null);
            }}
          >
            {setupStrings.addWithoutSending}
          </Button>
        ) : null}
        <Button
          type="submit"
          variant="primary"
          size={size}
          isPending={busy}
          isDisabled={!confirmed && isFound}
        >
          {result && !busy ? setupStrings.connectAgain : setupStrings.connect}
        </Button>
      </div>
    </Form>
  );
}
