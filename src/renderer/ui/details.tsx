import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import { uiStrings } from '../strings/ui';
import { Button } from './button';
import styles from './details.module.css';

interface DetailsProps {
  readonly label?: string;
  /** Codes and server words, verbatim (UI-054). */
  readonly text: string;
}

/** Technical words one level deeper, with Copy. */
export function Details({ label = uiStrings.details, text }: DetailsProps) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Disclosure>
      <AriaButton slot="trigger" className={styles.trigger ?? ''}>
        <ChevronRight aria-hidden />
        {label}
      </AriaButton>
      <DisclosurePanel>
        <div className={styles.box}>
          <pre className={styles.text} data-selectable>
            {text}
          </pre>
          <Button size="small" variant="quiet" onPress={copy}>
            {copied ? uiStrings.copied : uiStrings.copy}
          </Button>
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}
