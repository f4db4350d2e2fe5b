import type { DiscoveryView } from '../../shared/contract/discovery';
import type { ProbeView } from '../../shared/contract/views';
import { showToast } from '../feedback/toast-store';
import { setupStrings } from '../strings/setup';
import { Button } from '../ui/button';
import { openPage } from './open-page';
import styles from './setup.module.css';

interface SignInWallProps {
  readonly probe: ProbeView;
  readonly email: string;
  readonly host: string;
  readonly found: DiscoveryView;
}

/** A provider or an administrator stands in the way: what to ask whom, ready to be sent, and what else works (APP-006). */
export function SignInWall({ probe, email, host, found }: SignInWallProps) {
  const blocked = probe.verdict === 'blocked-by-admin';
  const said = probe.steps.find(({ ok }) => !ok)?.failure?.serverText;
  const request = setupStrings.wallRequest(email, host, said ?? '');
  const copy = () =>
    void navigator.clipboard.writeText(request).then(
      () => showToast({ tone: 'done', text: setupStrings.wallCopied }),
      () => showToast({ tone: 'failure', text: setupStrings.wallNotCopied }),
    );
  return (
    <section
      className={styles.fields}
      aria-label={blocked ? setupStrings.wallBlocked : setupStrings.wallBrowser}
    >
      <h3 className={styles.address}>{blocked ? setupStrings.wallBlocked : setupStrings.wallBrowser}</h3>
      <p className={styles.guide}>
        {blocked ? setupStrings.wallBlockedText(host) : setupStrings.wallBrowserText(host)}
      </p>
      <blockquote className={styles.quote} data-selectable>
        {request}
      </blockquote>
      <div className={styles.buttons}>
        {found.appPassword ? (
          <Button size="small" onPress={() => void openPage(found.appPassword?.url ?? '')}>
            {setupStrings.useAppPassword}
          </Button>
        ) : null}
        <Button size="small" onPress={copy}>
          {setupStrings.wallCopy}
        </Button>
      </div>
    </section>
  );
}
