import { Anchor } from 'lucide-react';
import { useShortcutOf } from '../commands/key-bindings';
import { isApple, readableKeys } from '../commands/shortcut-label';
import { readerStrings } from '../strings/reader';
import { EmptyState } from '../ui/empty-state';
import { Key } from '../ui/key';
import styles from './reading-pane.module.css';

/** Nothing is open: a quiet mark and three keys (ui.md section 6). */
export function NothingOpen() {
  const shortcutOf = useShortcutOf();
  const hints = [
    [moveKeys(shortcutOf('list.next'), shortcutOf('list.previous')), readerStrings.hintMove],
    [readableKeys('Enter', isApple), readerStrings.hintOpen],
    [shortcutOf('shortcuts.show'), readerStrings.hintAll],
  ] as const;
  return (
    <EmptyState icon={<Anchor />} title={readerStrings.nothing}>
      {hints.map(([keys, label]) =>
        keys === undefined ? null : (
          <span key={keys} className={styles.hint}>
            <Key keys={keys} />
            {label}
          </span>
        ),
      )}
    </EmptyState>
  );
}

/** The keys that move, or the arrows that always do. */
function moveKeys(next: string | undefined, previous: string | undefined): string {
  if (next !== undefined && previous !== undefined) return `${next} ${previous}`;
  return `${readableKeys('ArrowDown', isApple)} ${readableKeys('ArrowUp', isApple)}`;
}
