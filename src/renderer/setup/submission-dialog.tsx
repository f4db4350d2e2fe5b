import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { AccountView, FailureView, ProbeReport as Report } from '../../shared/contract/views';
import type { AccountId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { closeDialog } from '../state/ui-store';
import { setupStrings } from '../strings/setup';
import { uiStrings } from '../strings/ui';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { checkSubmission } from './check-fields';
import { guessSubmission, otherSubmissionEncryption } from './guess-server';
import { ProbeReport } from './probe-report';
import styles from './setup.module.css';
import { SetupFailure, type Steps } from './setup-failure';
import { SubmissionFields } from './submission-fields';
import { useAccount } from './use-account';

/** Where an account sends, after it was set up (APP-007, APP-011). */
export function SubmissionDialog({ accountId }: { readonly accountId: AccountId }) {
  const { account } = useAccount(accountId);
  return (
    <Dialog title={setupStrings.sendingOf(account?.name ?? '')} onClose={closeDialog}>
      {account ? <SubmissionForm key={accountId} account={account} /> : null}
    </Dialog>
  );
}

/** An account without a server for sending begins with a guess: whoever comes here wants one. */
function SubmissionForm({ account }: { readonly account: AccountView }) {
  const mailHost = account.server?.host ?? '';
  const [submission, setSubmission] = useState(account.submission ?? guessSubmission(mailHost));
  const [wanted, setWanted] = useState(true);
  const [errors, setErrors] = useState<ReturnType<typeof checkSubmission>>({});
  const [busy, setBusy] = useState<'tested' | 'untested' | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState<FailureView | null>(null);
  const chosen = wanted ? submission : null;
  const isDone = report?.verdict === 'ok';

  const store = async (untested: boolean, at = chosen) => {
    const wrong = checkSubmission(at);
    setErrors(wrong);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(untested ? 'untested' : 'tested');
    setReport(null);
    setFailure(null);
    const outcome = await call('accounts.setSubmission', {
      accountId: account.id,
      submission: at,
      untested,
    });
    setBusy(null);
    if (!outcome.ok) return setFailure(outcome.failure);
    const { result, probe } = outcome.value;
    setReport(probe);
    if (result === 'refused') return;
    // What a test found stays on screen until it was read.
    if (!probe) closeDialog();
    showToast({ tone: 'done', text: setupStrings.sendingStored(account.name, at) });
  };
  const trust = async (pin: PinnedCertificate) => {
    const outcome = await call('accounts.pinCertificate', { accountId: account.id, pin });
    if (outcome.ok) await store(false);
    else setFailure(outcome.failure);
  };
  const edit = (next: typeof chosen) => {
    setWanted(next !== null);
    // Switched off and on again: what was typed is still there.
    if (next) setSubmission(wanted ? next : submission);
    setReport(null);
    setFailure(null);
  };

  const other = otherSubmissionEncryption(submission);
  const steps: Steps = {
    'other-encryption': {
      label: setupStrings.encryptionAt(other),
      onPress: () => {
        setSubmission(other);
        void store(false, other);
      },
    },
  };

  return (
    <Form
      validationBehavior="aria"
      className={styles.form ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) closeDialog();
        else void store(false);
      }}
    >
      <SubmissionFields
        submission={chosen}
        mailHost={mailHost}
        userHint={setupStrings.sendingUserAs(account.server?.user ?? '')}
        errors={errors}
        onChange={edit}
      />
      {failure ? <SetupFailure failure={failure} steps={steps} /> : null}
      {report ? (
        <ProbeReport
          probe={report}
          onTrust={(pin) => void trust(pin)}
          steps={{ receiving: steps, sending: steps }}
        />
      ) : null}
      <div className={styles.buttons}>
        {chosen && !isDone ? (
          <Button variant="quiet" isPending={busy === 'untested'} onPress={() => void store(true)}>
            {setupStrings.storeUntested}
          </Button>
        ) : null}
        <Button type="submit" variant="primary" isPending={busy === 'tested'}>
          {isDone ? uiStrings.close : chosen ? setupStrings.testAndStore : setupStrings.store}
        </Button>
      </div>
    </Form>
  );
}
