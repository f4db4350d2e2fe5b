import { UserRound } from 'lucide-react';
import { CommandButton, CommandTextButton } from '../commands/command-button';
import { CommandItem } from '../commands/command-items';
import { HeaderWork } from '../feedback/header-work';
import { SearchField } from '../search/search-field';
import { topBarStrings } from '../strings/status';
import { useLiveQuery } from '../transport/use-live-query';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuSeparator } from '../ui/menu';
import { StatusPill } from './status-pill';
import styles from './top-bar.module.css';
import { Wordmark } from './wordmark';

/** The window's upper edge: who we are, how the mail is, accounts and settings. */
export function TopBar() {
  return (
    <header className={styles.bar} data-region="top-bar">
      <Wordmark />
      <SearchField />
      <div className={styles.space} />
      <div className={styles.status}>
        <StatusPill />
      </div>
      <span className={styles.wide}>
        <CommandButton id="palette.open" />
      </span>
      <span className={styles.wide}>
        <CommandTextButton id="compose.new" variant="primary" size="small" />
      </span>
      <AccountMenu />
      <HeaderWork place="window" />
    </header>
  );
}

function AccountMenu() {
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
      <CommandItem id="account.add" />
      {signedOut.map(({ id: accountId, name }) => (
        <CommandItem
          key={accountId}
          id="account.signIn"
          target={{ kind: 'account', accountId }}
          detail={name}
        />
      ))}
      <MenuSeparator />
      <CommandItem id="settings.open" />
      <CommandItem id="shortcuts.show" />
    </Menu>
  );
}
