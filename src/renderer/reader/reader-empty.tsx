import { Anchor } from 'lucide-react';
import { readerStrings } from '../strings/reader';
import { EmptyState } from '../ui/empty-state';
import { Key } from '../ui/key';
import styles from './reading-pane.module.css';

const HINTS = [
  ['J K', readerStrings.hintMove],
  ['Enter', readerStrings.hintOpen],
  ['?', readerStrings.hintAll],
] as const;

/** Nothing is open: a quiet mark and three keys (ui.md section 6). */
export function NothingOpen() {
  return (
    <EmptyState icon={<Anchor />} title={readerStrings.nothing}>
      {HINTS.map(([keys, label]) => (
        <span key={keys} className={styles.hint}>
          <Key keys={keys} />
          {label}
        </span>
      ))}
    </EmptyState>
  );
}
