import { Anchor } from 'lucide-react';
import { appStrings } from '../strings/app';
import styles from './wordmark.module.css';

/** Name and mark of the application. */
export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <Anchor aria-hidden />
      <span>{appStrings.name}</span>
    </span>
  );
}
