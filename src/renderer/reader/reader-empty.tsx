import { Anchor, Mails } from 'lucide-react';
import { EMPTY_SELECTION } from '../list/selection';
import { setSelection } from '../state/ui-store';
import { number } from '../strings/plural';
import { readerStrings } from '../strings/reader';
import { Button } from '../ui/button';
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

/** Many rows are ticked: how many; the actions stand in the bar above. */
export function ManySelected({ rows }: { readonly rows: number }) {
  return (
    <EmptyState icon={<Mails />} title={readerStrings.manySelected(number(rows))}>
      <Button onPress={() => setSelection(EMPTY_SELECTION)}>{readerStrings.clear}</Button>
    </EmptyState>
  );
}
