import type { ReactNode } from 'react';
import styles from './message-body.module.css';

/** What stands in the place of a message that cannot be shown, and the one next step. */
export function BodyState({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className={styles.state}>
      <p>{text}</p>
      {children}
    </div>
  );
}
