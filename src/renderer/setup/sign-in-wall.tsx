import type { DiscoveryView } from '../../shared/contract/discovery';
import { showToast } from '../feedback/toast-store';
import { setupStrings } from '../strings/setup';
import { Button } from '../ui/button';
import { openPage } from './open-page';
import styles from './setup.module.css';

interface SignInWallProps {
  /** An administrator has to agree, or to switch the protocol on; or the server wants a sign-in with the browser. */
  readonly kind: 'consent' | 'protocol' | 'browser';
  readonly email: string;
  readonly host: string;
  /** What the server said, word by word. */
  readonly said: string;
  /** The page where an administrator gives consent for everybody; null = none is known. */
  readonly consentUrl: string | null;
  readonly appPassword: DiscoveryView['appPassword'];
  /** Goes over to a password, where the provider allows one for programs. */
  readonly onPassword?: (() => void) | undefined;
}

const TEXT = {
  consent: setupStrings.wallConsentText,
  protocol: setupStrings.wallBlockedText,
  browser: setupStrings.wallBrowserText,
};

/** A provider or an administrator stands in the way: what to ask whom, ready to be sent, and what else works (APP-006). */
export function SignInWall(props: SignInWallProps) {
  const { kind, email, host, said, consentUrl, appPassword, onPassword } = props;
  const title = kind === 'browser' ? setupStrings.wallBrowser : setupStrings.wallBlocked;
  const request = setupStrings.wallRequest(email, host, consentUrl, said);
  const copy = () =>
    void navigator.clipboard.writeText(request).then(
      () => showToast({ tone: 'done', text: setupStrings.wallCopied }),
      () => showToast({ tone: 'failure', text: setupStrings.wallNotCopied }),
    );
  return (
    <section className={styles.fields} aria-label={title}>
      <h3 className={styles.address}>{title}</h3>
      <p className={styles.guide}>{TEXT[kind](host)}</p>
      <blockquote className={styles.quote} data-selectable>
        {request}
      </blockquote>
      <div className={styles.buttons}>
        {appPassword ? (
          <Button
            size="small"
            onPress={() => {
              void openPage(appPassword.url);
              onPassword?.();
            }}
          >
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
