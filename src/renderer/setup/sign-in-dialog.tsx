import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { FailureView, ProbeView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { closeDialog } from '../state/ui-store';
import { setupStrings } from '../strings/setup';
import { call } from '../transport/call';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { PasswordField } from '../ui/password-field';
import { ProbeReport } from './probe-report';
import styles from './setup.module.css';
import { useAccount } from './use-account';

/** Signing in again; what waits stays and its number is shown (APP-014). */
export function SignInDialog({ accountId }: { readonly accountId: AccountId }) {
  const { account, unsent } = useAccount(accountId);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [probe, setProbe] = useState<ProbeView | null>(null);
  const [failure, setFailure] = useState<FailureView | null>(null);
  const name = account?.name ?? '';
  const safe = setupStrings.signInSafe(unsent.length);

  const signIn = async () => {
    setMissing(password === '');
    if (password === '' || busy) return;
    setBusy(true);
    setProbe(null);
    setFailure(null);
    const secret = await call('vault.put', { secret: password });
    const outcome = secret.ok
      ? await call('accounts.signIn', { accountId, secretRef: secret.value.secretRef })
      : secret;
    setBusy(false);
    if (!outcome.ok) setFailure(outcome.failure);
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

  return (
    <Dialog title={setupStrings.signInTitle(name)} onClose={closeDialog}>
      <Form
        className={styles.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        {safe === '' ? null : <Banner tone="info">{safe}</Banner>}
        <p className={styles.address}>{account?.server?.user ?? account?.email}</p>
        <PasswordField
          label={setupStrings.password}
          value={password}
          onChange={setPassword}
          autoFocus
          error={missing ? setupStrings.passwordWrong : undefined}
        />
        {failure ? (
          <Banner tone="danger" announce>
            {[failure.message, failure.hint].filter(Boolean).join(' ')}
          </Banner>
        ) : null}
        {probe ? <ProbeReport probe={probe} onTrust={(pin) => void trust(pin)} /> : null}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" isPending={busy}>
            {setupStrings.signIn}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
