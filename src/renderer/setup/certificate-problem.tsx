import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import type { PinnedCertificate } from '../../shared/contract/methods';
import type { FailureView } from '../../shared/contract/views';
import { setupStrings } from '../strings/setup';
import { uiStrings } from '../strings/ui';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import styles from './certificate-problem.module.css';

interface CertificateProblemProps {
  readonly certificate: NonNullable<FailureView['certificate']>;
  readonly onTrust?: ((pin: PinnedCertificate) => void) | undefined;
}

/** A certificate that cannot be confirmed; going on exists only behind Details (APP-008). */
export function CertificateProblem({ certificate, onTrust }: CertificateProblemProps) {
  const { host, port, fingerprint, subject, issuer, validFrom, validTo } = certificate;
  const day = (iso: string) => new Date(iso).toLocaleDateString(undefined, { dateStyle: 'medium' });
  const facts = [
    [setupStrings.certificateHost, `${host}:${port}`],
    [setupStrings.certificateSubject, subject],
    [setupStrings.certificateIssuer, issuer],
    [setupStrings.certificateValid, setupStrings.certificateRange(day(validFrom), day(validTo))],
    [setupStrings.certificateFingerprint, fingerprint],
  ] as const;
  return (
    <div className={styles.problem}>
      <Banner tone="danger" announce>
        <p className={styles.title}>{setupStrings.certificateTitle(host)}</p>
        <p>{setupStrings.certificateWarning}</p>
      </Banner>
      <Disclosure>
        <AriaButton slot="trigger" className={styles.trigger ?? ''}>
          {uiStrings.details}
        </AriaButton>
        <DisclosurePanel>
          <dl className={styles.facts} data-selectable>
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {onTrust ? (
            <>
              <p className={styles.hint}>{setupStrings.connectAnywayHint}</p>
              <Button size="small" onPress={() => onTrust({ host, port, fingerprint })}>
                {setupStrings.connectAnyway}
              </Button>
            </>
          ) : null}
        </DisclosurePanel>
      </Disclosure>
    </div>
  );
}
