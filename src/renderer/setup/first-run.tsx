import { Anchor } from 'lucide-react';
import { useState } from 'react';
import { showFailure } from '../feedback/undo';
import { setupStrings } from '../strings/setup';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { AccountSetup } from './account-setup';
import styles from './first-run.module.css';

const SAMPLE_MESSAGES = 1000;

/** The first start: an address, or a sample mailbox without any server. Gone as soon as there is an account. */
export function FirstRun() {
  const [making, setMaking] = useState(false);
  const makeSample = async () => {
    setMaking(true);
    const outcome = await call('accounts.addLocal', {
      name: setupStrings.sampleName,
      sample: SAMPLE_MESSAGES,
      seed: 1,
    });
    if (outcome.ok) return;
    setMaking(false);
    showFailure(setupStrings.sampleFailed, outcome.failure);
  };
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Anchor aria-hidden className={styles.mark} />
        <h1 className={styles.title}>{setupStrings.welcome}</h1>
        <p className={styles.text}>{setupStrings.welcomeText}</p>
        <div className={styles.setup}>
          <AccountSetup size="large" onDone={() => {}} />
        </div>
        <Button variant="quiet" isPending={making} onPress={() => void makeSample()}>
          {making ? setupStrings.sampleBusy : setupStrings.sample}
        </Button>
      </div>
    </main>
  );
}
