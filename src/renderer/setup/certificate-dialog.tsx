import { useState } from 'react';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { showFailure } from '../feedback/undo';
import { closeDialog } from '../state/ui-store';
import { setupStrings } from '../strings/setup';
import { statusStrings } from '../strings/status';
import { uiStrings } from '../strings/ui';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { CertificateProblem } from './certificate-problem';
import styles from './setup.module.css';
import { useAccount } from './use-account';

/** Why an account stopped at its server's certificate, and going on with exactly this one (APP-008); asks for no password. */
export function CertificateDialog({ accountId }: { readonly accountId: AccountId }) {
  const { account } = useAccount(accountId);
  // The next attempt must not take away what somebody is reading.
  const [shown, setShown] = useState<FailureView['certificate']>();
  const certificate = shown ?? account?.failure?.certificate;
  if (certificate && !shown) setShown(certificate);
  if (!account || !certificate) return null;
  const { host, port } = certificate;
  const changed = account.pinnedCertificates.some((pin) => pin.host === host && pin.port === port);
  const trust = async (pin: PinnedCertificate) => {
    const outcome = await call('accounts.pinCertificate', { accountId, pin });
    closeDialog();
    if (outcome.ok) showToast({ tone: 'done', text: setupStrings.certificateTrusted(host) });
    else showFailure(setupStrings.certificateNotTrusted, outcome.failure);
  };
  /** The server or the network may be another one by now. */
  const again = async () => {
    closeDialog();
    const outcome = await call('sync.now', { accountId, mailboxId: null, wait: false, timeoutMs: 0 });
    if (!outcome.ok) showFailure(statusStrings.notSynced, outcome.failure);
  };
  return (
    <Dialog
      title={setupStrings.certificateOf(account.name)}
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{uiStrings.close}</Button>
          <Button variant="primary" onPress={() => void again()}>
            {setupStrings.connectAgain}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{changed ? setupStrings.certificateChanged : account.failure?.message}</p>
        <CertificateProblem certificate={certificate} onTrust={(pin) => void trust(pin)} />
      </div>
    </Dialog>
  );
}
