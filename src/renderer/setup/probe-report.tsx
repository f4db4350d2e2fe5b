import { CircleCheck, CircleX } from 'lucide-react';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { ProbeView, ProbeReport as Report } from '../../shared/contract/views';
import { setupStrings } from '../strings/setup';
import { Banner } from '../ui/banner';
import { intoView } from '../ui/into-view';
import { VisuallyHidden } from '../ui/visually-hidden';
import { CertificateProblem } from './certificate-problem';
import styles from './setup.module.css';
import { SetupFailure, type Steps } from './setup-failure';

type Trust = ((pin: PinnedCertificate) => void) | undefined;

interface ProbeReportProps {
  readonly probe: ProbeView;
  /** Goes on with exactly this certificate; absent where that is not offered. */
  readonly onTrust?: Trust;
  /** What can be done about a failure of each line besides trying again. */
  readonly steps?: { readonly receiving: Steps; readonly sending: Steps };
}

const NO_STEPS = { receiving: {}, sending: {} };

/** The connection test step by step: what worked, what failed, in which words, and what to do (APP-007). */
export function ProbeReport({ probe, onTrust, steps = NO_STEPS }: ProbeReportProps) {
  const { submission } = probe;
  return (
    <section ref={intoView} className={styles.report} aria-label={setupStrings.testTitle}>
      {submission ? <h3 className={styles.address}>{setupStrings.receiving}</h3> : null}
      <Line report={probe} onTrust={onTrust} steps={steps.receiving} />
      {submission ? (
        <>
          <h3 className={styles.address}>{setupStrings.sending}</h3>
          <Line report={submission} onTrust={onTrust} steps={steps.sending} />
        </>
      ) : null}
    </section>
  );
}

interface LineProps {
  readonly report: Report;
  readonly onTrust: Trust;
  readonly steps: Steps;
}

function Line({ report, onTrust, steps }: LineProps) {
  const failed = report.steps.find(({ ok }) => !ok)?.failure;
  const certificate = failed?.certificate;
  return (
    <>
      <ol className={styles.steps}>
        {report.steps.map(({ step, ok, detail }) => (
          <li key={step} className={ok ? styles.ok : styles.failed}>
            {ok ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
            <span>{setupStrings.step[step]}</span>
            <VisuallyHidden>{ok ? setupStrings.stepOk : setupStrings.stepFailed}</VisuallyHidden>
            {/* What failed is said below, with what to do about it. */}
            {ok || certificate ? <span className={styles.detail}>{detail}</span> : null}
          </li>
        ))}
      </ol>
      {certificate ? (
        <CertificateProblem certificate={certificate} onTrust={onTrust} />
      ) : failed ? (
        <SetupFailure failure={failed} steps={steps} />
      ) : (
        <Banner tone={report.verdict === 'ok' ? 'success' : 'danger'} announce>
          {setupStrings.verdict[report.verdict]}
        </Banner>
      )}
    </>
  );
}
