import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { Spoken } from './live-region';

interface BannerProps {
  readonly tone: 'info' | 'warning' | 'danger' | 'success';
  /** One plain sentence, more below it only where it helps. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** True to announce it: for something that has just happened. */
  readonly announce?: boolean;
}

const ICONS = { info: Info, warning: TriangleAlert, danger: TriangleAlert, success: CircleCheck };

/** One line that says what is the case and what can be done, 40 high when it fits (UI-033). */
export function Banner({ tone, children, actions, announce = false }: BannerProps) {
  const Icon = ICONS[tone];
  const className = `${styles.banner} ${styles[tone]}`;
  const content = (
    <>
      <Icon aria-hidden />
      <div className={styles.text} data-selectable>
        {children}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </>
  );
  if (!announce) return <div className={className}>{content}</div>;
  return (
    <Spoken className={className} politeness={tone === 'danger' ? 'assertive' : 'polite'}>
      {content}
    </Spoken>
  );
}
