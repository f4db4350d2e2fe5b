import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components';
import styles from './disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  /** Said at the end of the line, in the second voice. */
  readonly detail?: string | undefined;
  readonly startsOpen?: boolean;
  readonly children: ReactNode;
}

/** A part that unfolds below its line. */
export function Disclosure({ label, detail, startsOpen = false, children }: DisclosureProps) {
  return (
    <AriaDisclosure defaultExpanded={startsOpen}>
      <AriaButton slot="trigger" className={styles.trigger ?? ''}>
        <ChevronRight aria-hidden />
        <span className={styles.label}>{label}</span>
        {detail ? <span className={styles.detail}>{detail}</span> : null}
      </AriaButton>
      <DisclosurePanel className={styles.panel ?? ''}>{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
