import type { ReactNode } from 'react';
import styles from './setting.module.css';

export interface SettingSpec {
  readonly id: string;
  readonly group:
    | 'appearance'
    | 'reading'
    | 'writing'
    | 'keyboard'
    | 'privacy'
    | 'notifications'
    | 'accounts'
    | 'document';
  readonly label: string;
  /** One sentence (APP-250); searched like the label. */
  readonly text: string;
  /** More words the search should find it by. */
  readonly also?: string;
  readonly control: ReactNode;
  /** True when the control needs the whole width below the words. */
  readonly wide?: boolean;
}

/** One setting: what it is, one sentence, its control. */
export function Setting({ spec }: { readonly spec: SettingSpec }) {
  return (
    <div className={spec.wide ? styles.wide : styles.setting}>
      <div className={styles.words}>
        <p className={styles.label}>{spec.label}</p>
        <p className={styles.text}>{spec.text}</p>
      </div>
      <div className={styles.control}>{spec.control}</div>
    </div>
  );
}
