import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { FailureView, ProbeView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { useWork } from '../feedback/use-work';
import { closeDialog } from '../state/ui-store';
import { oauthStrings } from '../strings/oauth';
import { setupStrings } from '../strings/setup';
import { call } from '../transport/call';
import { request } from '../transport/request';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { PasswordField } from '../ui/password-field';
import { Wait } from '../ui/wait';
import { BrowserSignIn, forgetGranted, type GrantedSignIn } from './browser-sign-in';
import { type ClientDraft, draftOf, presetOf } from './oauth-presets';
import { ProbeReport } from './probe-report';
import styles from './setup.module.css';
import { SetupFailure } from './setup-failure';
import { SignInWall } from './sign-in-wall';
import { useAccount } from './use-account';

/** Signing in again; what waits stays and its number is shown (APP-014). */
export function SignInDialog({ accountId }: { readonly accountId: AccountId }) {
  const { account, unsent } = useAccount(accountId);
  const [password, setPassword] = useState('');
  const [draft, setDraft] = useState<ClientDraft | null>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [probe, setProbe] = useState<ProbeView | null>(null);
  const [failure, setFailure] = useState<FailureView | null>(null);
  const name = account?.name ?? '';
  const [browser, setBrowser] = useState(false);
  const oauth = account?.oauth ?? null;
  const byBrowser = oauth !== null || browser;
  const safe = setupStrings.signInSafe(unsent.length);

  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const host = account?.server?.host ?? '';
  const work = useWork(busy, {
    place: 'none',
    doing: setupStrings.testing(host),
    cancel: () => stop.current?.(),
    ownWords: true,
  });

  const signIn = async (granted?: GrantedSignIn) => {
    setMissing(!granted && password === '');
    if ((!granted && password === '') || busy) return;
    setBusy(true);
    setProbe(null);
    setFailure(null);
    const secret = granted
      ? ({ ok: true, value: granted } as const)
      : await call('vault.put', { secret: password });
    if (!secret.ok) {
      setBusy(false);
      setFailure(secret.failure);
      return;
    }
    const client = granted ? { oauth: granted.client } : {};
    const pending = request('accounts.signIn', { accountId, secretRef: secret.value.secretRef, ...client });
    stop.current = pending.cancel;
    const outcome = await pending.answer;
    const refused = !outcome.ok || outcome.value.verdict !== 'ok';
    if (granted && refused) forgetGranted(granted, oauth?.clientSecretRef ?? null);
    setBusy(false);
    if (!outcome.ok) setFailure(outcome.failure.kind === 'cancelled' ? null : outcome.failure);
    else if (outcome.value.verdict !== 'ok') setProbe(outcome.value);
    else {
      closeDialog();
      showToast({ tone: 'done', text: setupStrings.signedIn(name) });
    }
  };

  const trust = async (pin: PinnedCertificate) => {
    const outcome = await call('accounts.pinCertificate', { accountId, pin });
    if (outcome.ok) await signIn();
    else setFailure(outcome.failure);
  };

  const browserStep = {
    label: oauthStrings.useBrowser,
    onPress: () => {
      setProbe(null);
      setBrowser(true);
    },
  };

  return (
    <Dialog title={setupStrings.signInTitle(name)} onClose={closeDialog}>
      <Form
        className={styles.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          if (!byBrowser) void signIn();
        }}
      >
        {safe === '' ? null : <Banner tone="info">{safe}</Banner>}
        <p className={styles.address}>{account?.server?.user ?? account?.email}</p>
        {byBrowser ? (
          <BrowserSignIn
            email={account?.server?.user ?? ''}
            draft={draft ?? (oauth ? draftOf(oauth) : presetOf(null))}
            clientSecretRef={oauth?.clientSecretRef ?? null}
            host={host}
            appPassword={null}
            onDraft={setDraft}
            onGranted={(granted) => void signIn(granted)}
          />
        ) : (
          <PasswordField
            label={setupStrings.password}
            value={password}
            onChange={setPassword}
            autoFocus
            userName={account?.server?.user}
            error={missing ? setupStrings.passwordWrong : undefined}
          />
        )}
        {busy ? (
          <Wait
            phase={work?.phase ?? null}
            text={setupStrings.testing(host)}
            share={null}
            onCancel={() => work?.stop?.()}
          />
        ) : null}
        {failure ? <SetupFailure failure={failure} steps={{}} /> : null}
        {probe ? (
          <ProbeReport
            probe={probe}
            onTrust={(pin) => void trust(pin)}
            steps={{ receiving: byBrowser ? {} : { browser: browserStep }, sending: {} }}
          />
        ) : null}
        {probe?.verdict === 'blocked-by-admin' ? (
          <SignInWall
            kind="protocol"
            email={account?.email ?? ''}
            host={account?.server?.host ?? ''}
            said={probe.steps.find(({ ok }) => !ok)?.failure?.serverText ?? ''}
            consentUrl={null}
            appPassword={null}
          />
        ) : null}
        {byBrowser ? null : (
          <div className={styles.buttons}>
            <Button type="submit" variant="primary" isPending={busy}>
              {setupStrings.signIn}
            </Button>
          </div>
        )}
      </Form>
    </Dialog>
  );
}
