import { CircleCheck, CircleX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DiscoveryView } from '../../shared/contract/discovery';
import type { MethodOutput } from '../../shared/contract/methods';
import type { OAuthClient } from '../../shared/contract/oauth-settings';
import type { FailureView } from '../../shared/contract/views';
import { oauthStrings } from '../strings/oauth';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { Spoken } from '../ui/live-region';
import { ProgressBar } from '../ui/progress-bar';
import { type ClientDraft, type ClientErrors, checkDraft, clientOf, consentUrlOf } from './oauth-presets';
import { openPage } from './open-page';
import { OwnClientFields } from './own-client-fields';
import styles from './setup.module.css';
import { SetupFailure } from './setup-failure';
import { SignInWall } from './sign-in-wall';

/** A sign-in that was allowed: a handle of the vault, and for which account. */
export interface GrantedSignIn {
  readonly secretRef: string;
  readonly grantedAs: string | null;
  readonly client: OAuthClient;
}

/** Tokens, and a client secret but the one in `kept`, that no account came to use. */
export function forgetGranted(granted: GrantedSignIn, kept: string | null): void {
  void call('vault.forget', { secretRef: granted.secretRef });
  const { clientSecretRef } = granted.client;
  if (clientSecretRef !== null && clientSecretRef !== kept)
    void call('vault.forget', { secretRef: clientSecretRef });
}

interface BrowserSignInProps {
  readonly email: string;
  readonly draft: ClientDraft;
  /** Handle of a client secret that is kept already. */
  readonly clientSecretRef: string | null;
  /** The mail server, for what is asked of an administrator. */
  readonly host: string;
  readonly appPassword: DiscoveryView['appPassword'];
  readonly onPassword?: (() => void) | undefined;
  readonly onDraft: (draft: ClientDraft) => void;
  readonly onGranted: (granted: GrantedSignIn) => void;
}

interface Waiting {
  readonly signInId: string;
  readonly url: string;
  /** Shown to be typed in; null = the page knows by itself. */
  readonly userCode: string | null;
}

type Check = MethodOutput<'oauth.check'>[number];

/** Opens the provider's page and waits for what a person does there (APP-004, APP-005). */
export function BrowserSignIn(props: BrowserSignInProps) {
  const { email, draft, clientSecretRef, onDraft, onGranted } = props;
  const [errors, setErrors] = useState<ClientErrors>({});
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureView | null>(null);
  const [checks, setChecks] = useState<readonly Check[]>([]);
  const current = useRef<string | null>(null);
  // Who leaves has given up: nothing listens any more.
  useEffect(
    () => () => {
      if (current.current !== null) void call('oauth.cancel', { signInId: current.current });
    },
    [],
  );

  /** The client with its secret sealed; null when something is missing. */
  const sealed = async (): Promise<OAuthClient | null> => {
    const wrong = checkDraft(draft);
    setErrors(wrong);
    setFailure(null);
    setChecks([]);
    if (Object.keys(wrong).length > 0) return null;
    if (draft.clientSecret === '') return clientOf(draft, clientSecretRef);
    const put = await call('vault.put', { secret: draft.clientSecret });
    if (!put.ok) setFailure(put.failure);
    return put.ok ? clientOf(draft, put.value.secretRef) : null;
  };
  const forget = async (client: OAuthClient) => {
    const { clientSecretRef: ref } = client;
    if (ref !== null && ref !== clientSecretRef) await call('vault.forget', { secretRef: ref });
  };

  const signIn = async (how: 'page' | 'code') => {
    setBusy(true);
    const client = await sealed();
    if (client) await withClient(client, how);
    setBusy(false);
  };
  const begin = async (client: OAuthClient, how: 'page' | 'code') => {
    if (how === 'code') return call('oauth.beginDevice', { client });
    const begun = await call('oauth.begin', { client, email });
    return begun.ok ? ({ ok: true, value: { ...begun.value, userCode: null } } as const) : begun;
  };
  const withClient = async (client: OAuthClient, how: 'page' | 'code') => {
    const begun = await begin(client, how);
    if (!begun.ok) {
      setFailure(begun.failure);
      return forget(client);
    }
    const { signInId, url, userCode } = begun.value;
    current.current = signInId;
    setWaiting({ signInId, url, userCode });
    if (userCode === null) void openPage(url);
    const finished = await call('oauth.finish', { signInId });
    const mine = current.current === signInId;
    if (mine) current.current = null;
    setWaiting(null);
    if (finished.ok) return onGranted({ ...finished.value, client });
    if (mine) setFailure(finished.failure);
    return forget(client);
  };
  const check = async () => {
    setBusy(true);
    const client = await sealed();
    const outcome = client ? await call('oauth.check', { client }) : null;
    if (client) await forget(client);
    if (outcome?.ok) setChecks(outcome.value);
    else if (outcome) setFailure(outcome.failure);
    setBusy(false);
  };

  if (waiting) {
    const { signInId, url, userCode } = waiting;
    return (
      <section className={styles.fields} aria-label={oauthStrings.waitingTitle}>
        <Spoken className={styles.busy}>
          <p>{userCode === null ? oauthStrings.waiting : oauthStrings.enterCode(new URL(url).host)}</p>
          {userCode === null ? null : (
            <p className={styles.code} data-selectable>
              {userCode}
            </p>
          )}
          <ProgressBar label={oauthStrings.waitingTitle} share={null} />
        </Spoken>
        <div className={styles.buttons}>
          <Button
            onPress={() => {
              current.current = null;
              void call('oauth.cancel', { signInId });
            }}
          >
            {oauthStrings.cancel}
          </Button>
          <Button variant={userCode === null ? 'plain' : 'primary'} onPress={() => void openPage(url)}>
            {userCode === null ? oauthStrings.openAgain : oauthStrings.openPage}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <>
      <OwnClientFields
        draft={draft}
        errors={errors}
        secretKept={clientSecretRef !== null}
        onChange={onDraft}
      />
      {checks.length === 0 ? null : (
        <ol className={styles.steps} aria-label={oauthStrings.checkTitle}>
          {checks.map(({ part, ok, detail }) => (
            <li key={part} className={ok ? styles.ok : styles.failed}>
              {ok ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
              <span>{oauthStrings.parts[part]}</span>
              <span className={styles.detail}>{detail}</span>
            </li>
          ))}
        </ol>
      )}
      {failure?.reason === 'blocked-by-admin' ? (
        <SignInWall
          kind="consent"
          email={email}
          host={props.host}
          said={failure.serverText ?? ''}
          consentUrl={consentUrlOf(draft)}
          appPassword={props.appPassword}
          onPassword={props.onPassword}
        />
      ) : failure ? (
        <SetupFailure failure={failure} steps={{}} />
      ) : null}
      <div className={styles.buttons}>
        <Button variant="quiet" isDisabled={busy} onPress={() => void check()}>
          {oauthStrings.check}
        </Button>
        {draft.deviceUrl === '' ? null : (
          <Button isDisabled={busy} onPress={() => void signIn('code')}>
            {oauthStrings.useCode}
          </Button>
        )}
        <Button variant="primary" isDisabled={busy} onPress={() => void signIn('page')}>
          {oauthStrings.signIn}
        </Button>
      </div>
    </>
  );
}
