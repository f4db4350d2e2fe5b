import type { DiscoveryView } from '../../shared/contract/discovery';
import { setupStrings } from '../strings/setup';
import { Button } from '../ui/button';
import { openPage } from './open-page';
import styles from './setup.module.css';

/** Two steps to a password that the provider accepts from programs (APP-003). */
export function AppPasswordHelp({ provider, url }: NonNullable<DiscoveryView['appPassword']>) {
  return (
    <section className={styles.fields} aria-label={setupStrings.appPasswordTitle(provider)}>
      <h3 className={styles.address}>{setupStrings.appPasswordTitle(provider)}</h3>
      <ol className={styles.guide}>
        <li>
          <span>{setupStrings.appPasswordMake(provider)}</span>
          <Button size="small" onPress={() => void openPage(url)}>
            {setupStrings.appPasswordOpen(new URL(url).hostname)}
          </Button>
        </li>
        <li>{setupStrings.appPasswordPaste}</li>
      </ol>
    </section>
  );
}
