import { Inbox, Menu as MenuIcon, PenLine, Search } from 'lucide-react';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { runCommand } from '../commands/registry';
import { layoutStrings } from '../strings/layout';
import styles from './bottom-bar.module.css';

interface BottomBarProps {
  onMore(): void;
}

/** Below 600 px: where the side bar and the keys are (UI-002). */
export function BottomBar({ onMore }: BottomBarProps) {
  return (
    <nav className={styles.bar} aria-label={layoutStrings.views} data-region="sidebar">
      <button type="button" className={styles.button} onClick={() => runCommand('go.inbox')}>
        <Inbox size={18} aria-hidden />
        {layoutStrings.inbox}
      </button>
      <button type="button" className={styles.button} onClick={() => runCommand('search.focus')}>
        <Search size={18} aria-hidden />
        {layoutStrings.find}
      </button>
      <button type="button" className={styles.button} onClick={() => runCommand('compose.new')}>
        <PenLine size={18} aria-hidden />
        {commandTitles['compose.new']}
      </button>
      <button type="button" className={styles.button} aria-haspopup="dialog" onClick={onMore}>
        <MenuIcon size={18} aria-hidden />
        {layoutStrings.more}
      </button>
    </nav>
  );
}
