import { Command, Keyboard, KeyRound, PenLine, Settings, UserPlus, UserRound } from 'lucide-react';
import { useShortcutOf } from '../commands/key-bindings';
import { runCommand } from '../commands/registry';
import { HeaderWork } from '../feedback/header-work';
import { SearchField } from '../search/search-field';
import { openDialog } from '../state/ui-store';
import { composeStrings } from '../strings/compose';
import { topBarStrings } from '../strings/status';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { StatusPill } from './status-pill';
import styles from './top-bar.module.css';
import { Wordmark } from './wordmark';

/** The window's upper edge: who we are, how the mail is, accounts and settings. */
export function TopBar() {
  const shortcutOf = useShortcutOf();
  return (
    <header className={styles.bar} data-region="top-bar">
      <Wordmark />
      <SearchField />
      <div className={styles.space} />
      <div className={styles.status}>
        <StatusPill />
      </div>
      <span className={styles.wide}>
        <IconButton
          label={topBarStrings.palette}
          shortcut={shortcutOf('palette.open')}
          onPress={() => openDialog({ kind: 'palette' })}
        >
          <Command />
        </IconButton>
      </span>
      <span className={styles.wide}>
        <Button variant="primary" size="small" icon={<PenLine />} onPress={() => runCommand('compose.new')}>
          {composeStrings.compose}
        </Button>
      </span>
      <AccountMenu />
      <HeaderWork place="window" />
    </header>
  );
}

function AccountMenu() {
  const shortcutOf = useShortcutOf();
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const signedOut = accounts.filter(({ state }) => state === 'auth');
  return (
    <Menu
      label={topBarStrings.account}
      placement="bottom end"
      trigger={
        <IconButton label={topBarStrings.account}>
          <UserRound />
        </IconButton>
      }
    >
      <MenuItem
        icon={<UserPlus />}
        label={topBarStrings.addAccount}
        onAction={() => openDialog({ kind: 'add-account' })}
      />
      {signedOut.map(({ id, name }) => (
        <MenuItem
          key={id}
          icon={<KeyRound />}
          label={topBarStrings.signInTo(name)}
          onAction={() => openDialog({ kind: 'sign-in', accountId: id })}
        />
      ))}
      <MenuSeparator />
      <MenuItem
        icon={<Settings />}
        label={topBarStrings.settings}
        shortcut={shortcutOf('settings.open')}
        onAction={() => openDialog({ kind: 'settings' })}
      />
      <MenuItem
        icon={<Keyboard />}
        label={topBarStrings.shortcuts}
        shortcut={shortcutOf('shortcuts.show')}
        onAction={() => openDialog({ kind: 'shortcuts' })}
      />
    </Menu>
  );
}
