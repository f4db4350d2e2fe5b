import { CircleCheck, CircleX } from 'lucide-react';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { ProbeView, ProbeReport as Report } from '../../shared/contract/views';
import { setupStrings } from '../strings/setup';
import { Banner } from '../ui/banner';
import { Details } from '../ui/details';
import { intoView } from '../ui/into-view';
import { VisuallyHidden } from '../ui/visually-hidden';
import { CertificateProblem } from './certificate-problem';
import styles from './setup.module.css';

type Trust = ((pin: PinnedCertificate) => void) | undefined;

interface ProbeReportProps {
  readonly probe: ProbeView;
  /** Goes on with exactly this certificate; absent where that is not offered. */
  readonly onTrust?: Trust;
}

/** The connection test step by step: what worked, what failed, in which words, and what to do (APP-007). */
export function ProbeReport({ probe, onTrust }: ProbeReportProps) {
  const { submission } = probe;
  return (
    <section ref={intoView} className={styles.report} aria-label={setupStrings.testTitle}>
      {submission ? <h3 className={styles.address}>{setupStrings.receiving}</h3> : null}
      <Line report={probe} onTrust={onTrust} />
      {submission ? (
        <>
          <h3 className={styles.address}>{setupStrings.sending}</h3>
          <Line report={submission} onTrust={onTrust} />
        </>
      ) : null}
    </section>
  );
}

function Line({ report, onTrust }: { readonly report: Report; readonly onTrust: Trust }) {
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
      ) : (
        <Banner tone={report.verdict === 'ok' ? 'success' : 'danger'} announce>
          <p>{failed?.message ?? setupStrings.verdict[report.verdict]}</p>
          {failed?.hint ? <p>{failed.hint}</p> : null}
          {failed?.serverText ? <Details text={failed.serverText} /> : null}
        </Banner>
      )}
    </>
  );
}
