import { CircleCheck, CircleX } from 'lucide-react';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { ProbeView } from '../../shared/contract/views';
import { setupStrings } from '../strings/setup';
import { Banner } from '../ui/banner';
import { Details } from '../ui/details';
import { intoView } from '../ui/into-view';
import { VisuallyHidden } from '../ui/visually-hidden';
import { CertificateProblem } from './certificate-problem';
import styles from './setup.module.css';

interface ProbeReportProps {
  readonly probe: ProbeView;
  /** Goes on with exactly this certificate; absent where that is not offered. */
  readonly onTrust?: ((pin: PinnedCertificate) => void) | undefined;
}

/** The connection test step by step: what worked, what failed, in which words, and what to do (APP-007). */
export function ProbeReport({ probe, onTrust }: ProbeReportProps) {
  const failed = probe.steps.find(({ ok }) => !ok)?.failure;
  const certificate = failed?.certificate;
  return (
    <section ref={intoView} className={styles.report} aria-label={setupStrings.testTitle}>
      <ol className={styles.steps}>
        {probe.steps.map(({ step, ok, detail }) => (
          <li key={step} className={ok ? styles.ok : styles.failed}>
            {ok ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
            <span>{setupStrings.step[step]}</span>
            <VisuallyHidden>{ok ? setupStrings.stepOk : setupStrings.stepFailed}</VisuallyHidden>
            <span className={styles.detail}>{detail}</span>
          </li>
        ))}
      </ol>
      {certificate ? (
        <CertificateProblem certificate={certificate} onTrust={onTrust} />
      ) : (
        <Banner tone={probe.verdict === 'ok' ? 'success' : 'danger'} announce>
          <p>{failed?.message ?? setupStrings.verdict[probe.verdict]}</p>
          {failed?.hint ? <p>{failed.hint}</p> : null}
          {failed?.serverText ? <Details text={failed.serverText} /> : null}
        </Banner>
      )}
    </section>
  );
}
