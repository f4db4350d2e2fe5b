import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { DiscoveryView } from '../../shared/contract/discovery';
import type { ImapServer, PinnedCertificate } from '../../shared/contract/methods';
import type { SubmissionSettings } from '../../shared/contract/submission-settings';
import type { FailureView } from '../../shared/contract/views';
import { showToast } from '../feedback/toast-store';
import { useWork } from '../feedback/use-work';
import { oauthStrings } from '../strings/oauth';
import { setupStrings } from '../strings/setup';
import { useLiveQuery } from '../transport/use-live-query';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { PasswordField } from '../ui/password-field';
import { Wait } from '../ui/wait';
import { advise, type NextStep } from './advise';
import { AppPasswordHelp } from './app-password-help';
import { BrowserSignIn, forgetGranted, type GrantedSignIn } from './browser-sign-in';
import type { ChosenCaFile } from './ca-file';
import { checkFields, type FieldErrors } from './check-fields';
import { type ConnectResult, connectAccount } from './connect-account';
import { FoundLine } from './found-line';
import { guessAgain, otherEncryption, otherSubmissionEncryption } from './guess-server';
import { type ClientDraft, consentUrlOf, presetOf } from './oauth-presets';
import { ProbeReport } from './probe-report';
import { ServerFields } from './server-fields';
import styles from './setup.module.css';
import { SetupFailure, type Steps } from './setup-failure';
import { SignInWall } from './sign-in-wall';
import { SubmissionFields } from './submission-fields';

/** What somebody entered in this step. */
export interface ServerDraft {
  readonly server: ImapServer;
  readonly submission: SubmissionSettings | null;
  readonly name: string | null;
  readonly password: string;
  readonly browser: boolean;
  readonly client: ClientDraft;
  readonly ca: ChosenCaFile | null;
  readonly pinned: readonly PinnedCertificate[];
  readonly editing: boolean;
  readonly confirmed: boolean;
}

interface ServerStepProps {
  readonly email: string;
  /** As it was left by going back; null = a new beginning. */
  readonly kept: ServerDraft | null;
  readonly found: DiscoveryView;
  readonly size: 'normal' | 'large';
  /** The shared list of providers is being asked. */
  readonly asking: boolean;
  /** Null once it was asked. */
  readonly onAskDatabase: (() => void) | null;
  readonly onBack: (draft: ServerDraft) => void;
  readonly onDone: (name: string) => void;
}

/** Where the mail is and the password; tested before anything is added (APP-002, APP-003, APP-007). */
export function ServerStep(props: ServerStepProps) {
  const { email, found, kept, size, asking, onAskDatabase, onBack, onDone } = props;
  const [server, setServer] = useState(kept?.server ?? found.imap);
  const [submission, setSubmission] = useState(kept ? kept.submission : found.submission);
  const [typedName, setName] = useState(kept?.name ?? null);
  const [password, setPassword] = useState(kept?.password ?? '');
  const [browser, setBrowser] = useState(
    kept?.browser ?? (found.auth.length === 1 && found.auth[0] === 'oauth'),
  );
  const [client, setClient] = useState(() => kept?.client ?? presetOf(found.oauthProvider));
  const [granted, setGranted] = useState<GrantedSignIn | null>(null);
  const [ca, setCa] = useState(kept?.ca ?? null);
  const [pinned, setPinned] = useState(kept?.pinned ?? []);
  const [editing, setEditing] = useState(kept?.editing ?? false);
  const [confirmed, setConfirmed] = useState(kept?.confirmed ?? found.safe);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<ConnectResult | null>(null);

  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const name = typedName ?? nameFor(email, accounts);
  const twin = accounts.find((account) => account.email.toLowerCase() === email.toLowerCase());

  // What the test found stands below the fields; the next step stands below that.
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result) buttons.current?.scrollIntoView({ block: 'nearest' });
  }, [result]);

  // Tokens that no account came to use are nobody's.
  const unused = useRef<GrantedSignIn | null>(null);
  useEffect(() => () => forget(unused.current), []);

  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const work = useWork(busy, {
    place: 'none',
    doing: setupStrings.testing(server.host),
    cancel: () => stop.current?.(),
    ownWords: true,
  });

  const isFound = server === found.imap;
  const connect = async (
    trusted: readonly PinnedCertificate[],
    sending: SubmissionSettings | null,
    signedIn = granted,
    at = server,
  ) => {
    const wrong = checkFields(at, sending, browser ? null : password);
    setErrors(wrong);
    if (Object.keys(wrong).some((field) => field !== 'password')) setEditing(true);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    setResult(null);
    const stopping = new AbortController();
    stop.current = () => stopping.abort();
    const answer = await connectAccount(
      {
        email,
        name,
        server: signedIn ? { ...at, user: userOf(signedIn, at.user, email) } : at,
        granted: signedIn,
        otherwise: at === found.imap ? guessAgain(found) : null,
        submission: sending,
        password,
        pinned: trusted,
        caPem: ca?.pem ?? null,
      },
      stopping.signal,
    );
    setBusy(false);
    setResult(answer.kind === 'stopped' ? null : answer);
    if (failuresOf(answer).some((failure) => advise(failure).misplaced)) setEditing(true);
    if (answer.kind !== 'added') return;
    unused.current = null;
    onDone(name);
  };
  const switchWay = () => {
    forget(unused.current);
    unused.current = null;
    setGranted(null);
    setResult(null);
    setBrowser(!browser);
  };
  const trust = (pin: PinnedCertificate) => {
    const all = [...pinned, pin];
    setPinned(all);
    void connect(all, submission);
  };

  const goBack = () =>
    onBack({
      ...{ server, submission, name: typedName, password, browser },
      ...{ client, ca, pinned, editing, confirmed },
    });
  const encryption = (label: NextStep): Steps => {
    const other = otherEncryption(server);
    const onPress = () => {
      setServer(other);
      setEditing(true);
      void connect(pinned, submission, granted, other);
    };
    return { [label]: { label: setupStrings.encryptionAt(other), onPress } };
  };
  const receivingSteps: Steps = {
    ...encryption('other-encryption'),
    ...(server.security === 'none' ? encryption('encrypt') : {}),
    ...(browser ? {} : { browser: { label: oauthStrings.useBrowser, onPress: () => switchWay() } }),
    'another-address': { label: setupStrings.anotherAddress, onPress: goBack },
  };
  const sendingSteps = (): Steps => {
    if (submission === null) return {};
    const other = otherSubmissionEncryption(submission);
    const onPress = () => {
      setSubmission(other);
      void connect(pinned, other);
    };
    return { 'other-encryption': { label: setupStrings.encryptionAt(other), onPress } };
  };

  const probe = result?.kind === 'refused' ? result.probe : null;
  const passwordRefused = probe?.verdict === 'wrong-password' || probe?.verdict === 'needs-app-password';
  const wall = probe?.verdict === 'needs-oauth' || probe?.verdict === 'blocked-by-admin' ? probe : null;
  const offersBrowser = found.oauthProvider !== null || found.auth.includes('oauth') || editing;
  const unknown = found.source === 'guess' || found.source === 'nothing';
  return (
    <Form
      validationBehavior="aria"
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if ((confirmed || !isFound) && (!browser || granted)) void connect(pinned, submission);
      }}
    >
      {/* The engine refuses the same login at the same server; under another name of it only a person can tell. */}
      {twin && !busy ? <Banner tone="info">{setupStrings.twin(email, twin.name)}</Banner> : null}
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
            userHint={setupStrings.sendingUserHint}
            errors={errors}
            onChange={setSubmission}
          />
        </>
      ) : null}
      {browser ? null : (
        <>
          {found.appPassword && !wall ? <AppPasswordHelp {...found.appPassword} /> : null}
          <PasswordField
            label={found.appPassword ? setupStrings.appPassword : setupStrings.password}
            value={password}
            onChange={setPassword}
            autoFocus
            userName={editing ? undefined : server.user || email}
            size={size}
            description={setupStrings.passwordHint}
            error={
              errors.password ?? (passwordRefused && probe ? setupStrings.verdict[probe.verdict] : undefined)
            }
          />
        </>
      )}
      {browser && granted ? (
        <Banner tone="success" announce>
          {nameOf(granted)}
        </Banner>
      ) : null}
      {browser && !granted ? (
        <BrowserSignIn
          email={email}
          draft={client}
          clientSecretRef={null}
          host={server.host}
          appPassword={found.appPassword}
          onPassword={switchWay}
          onDraft={setClient}
          onGranted={(allowed) => {
            unused.current = allowed;
            setGranted(allowed);
            showToast({ tone: 'done', text: nameOf(allowed) });
            void connect(pinned, submission, allowed);
          }}
        />
      ) : null}
      {/* Where the server asks for it, the button stands beside its words. */}
      {browser || (offersBrowser && wall?.verdict !== 'needs-oauth') ? (
        <div className={styles.buttons}>
          <Button size="small" variant="quiet" onPress={switchWay}>
            {browser ? oauthStrings.usePassword : oauthStrings.useBrowser}
          </Button>
        </div>
      ) : null}
      {busy ? (
        <Wait
          phase={work?.phase ?? null}
          text={setupStrings.testing(server.host)}
          share={null}
          onCancel={() => work?.stop?.()}
        />
      ) : null}
      {result?.kind === 'failed' ? <SetupFailure failure={result.failure} steps={receivingSteps} /> : null}
      {probe ? (
        <ProbeReport
          probe={probe}
          onTrust={trust}
          steps={{ receiving: receivingSteps, sending: sendingSteps() }}
        />
      ) : null}
      {wall ? (
        <SignInWall
          kind={wall.verdict === 'blocked-by-admin' ? 'protocol' : 'browser'}
          email={email}
          host={server.host}
          said={wall.steps.find(({ ok }) => !ok)?.failure?.serverText ?? ''}
          consentUrl={browser ? consentUrlOf(client) : null}
          appPassword={found.appPassword}
          onPassword={browser ? switchWay : undefined}
        />
      ) : null}
      <div ref={buttons} className={styles.buttons}>
        <Button size={size} onPress={goBack}>
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
        {browser && !granted ? null : (
          <Button
            type="submit"
            variant="primary"
            size={size}
            isPending={busy}
            isDisabled={!confirmed && isFound}
          >
            {result && !busy ? setupStrings.connectAgain : setupStrings.connect}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** What went wrong, on both lines. */
function failuresOf(result: ConnectResult): FailureView[] {
  if (result.kind === 'added' || result.kind === 'stopped') return [];
  if (result.kind === 'failed') return [result.failure];
  const steps = [...result.probe.steps, ...(result.probe.submission?.steps ?? [])];
  return steps.flatMap(({ failure }) => failure ?? []);
}

/** Called like the domain; like the whole address where another account has that name already. */
function nameFor(email: string, accounts: readonly { readonly name: string }[]): string {
  const domain = email.slice(email.indexOf('@') + 1);
  return accounts.some(({ name }) => name === domain) ? email : domain;
}

function forget(granted: GrantedSignIn | null): void {
  if (granted) forgetGranted(granted, null);
}

function nameOf({ grantedAs }: GrantedSignIn): string {
  return grantedAs === null ? oauthStrings.grantedUnnamed : oauthStrings.granted(grantedAs);
}

/** The login that was granted, unless the person named another one than the address. */
function userOf({ grantedAs }: GrantedSignIn, user: string, email: string): string {
  return grantedAs?.includes('@') && user === email ? grantedAs : user;
}
