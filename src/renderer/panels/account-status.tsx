import { ChevronRight, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { AccountView, MailboxView } from '../../shared/contract/views';
import type { CommandId } from '../commands/catalogue';
import { CommandItems } from '../commands/command-items';
import { statusStrings } from '../strings/status';
import { Avatar } from '../ui/avatar';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { AccountButton } from './account-button';
import { AccountNumbers } from './account-numbers';
import styles from './account-status.module.css';
import { clockTime } from './clock-time';
import { CoverageTable } from './coverage-table';

interface AccountStatusProps {
  readonly account: AccountView;
  readonly mailboxes: readonly MailboxView[];
}

/** One account in the sync panel: its state with the one right button, and its folders on demand (APP-013). */
export function AccountStatus({ account, mailboxes }: AccountStatusProps) {
  const [isOpen, setOpen] = useState(false);
  const isLocal = account.protocol === 'local';
  return (
    <Disclosure className={styles.account ?? ''} isExpanded={isOpen} onExpandedChange={setOpen}>
      <div className={styles.line}>
        <Avatar name={account.name} hue={account.hue} size={24} />
        <div className={styles.words}>
          <Heading level={3} className={styles.name ?? ''}>
            <AriaButton slot="trigger" className={styles.trigger ?? ''}>
              {account.name}
              <ChevronRight aria-hidden />
            </AriaButton>
          </Heading>
          <p className={account.state === 'auth' || account.state === 'error' ? styles.bad : styles.state}>
            {account.failure?.message ?? stateWords(account)}
          </p>
          {isLocal ? null : (
            <p className={styles.state}>
              {statusStrings.lastChecked(
                account.lastSyncedAt === null ? null : clockTime(account.lastSyncedAt),
              )}
              {' · '}
              {statusStrings.watchLater[account.state] ?? statusStrings.watch[account.watch]}
            </p>
          )}
          {account.downloadsPausedUntil !== null && account.downloadsPausedUntil > Date.now() ? (
            <p className={styles.state}>
              {statusStrings.downloadsPaused(
                clockTime(account.downloadsPausedUntil),
                mailboxes.reduce((sum, { stored, bodies }) => sum + stored - bodies, 0),
              )}
            </p>
          ) : null}
        </div>
        <AccountButton account={account} />
        {isLocal ? null : <AccountMenu account={account} />}
      </div>
      <DisclosurePanel>
        {isOpen && !isLocal ? <AccountNumbers account={account} /> : null}
        <CoverageTable account={account} mailboxes={mailboxes} />
      </DisclosurePanel>
    </Disclosure>
  );
}

function stateWords({ protocol, state }: AccountView): string {
  return protocol === 'local' ? statusStrings.localOnly : statusStrings.state[state];
}

const COMMANDS: readonly (readonly CommandId[])[] = [
  ['sync.now', 'account.pause', 'account.signIn'],
  ['account.remove'],
];

function AccountMenu({ account }: { readonly account: AccountView }) {
  return (
    <Menu
      label={statusStrings.accountActions(account.name)}
      placement="bottom end"
      trigger={
        <IconButton label={statusStrings.accountActions(account.name)} size="small">
          <Ellipsis />
        </IconButton>
      }
    >
      <CommandItems groups={COMMANDS} target={{ kind: 'account', accountId: account.id }} />
    </Menu>
  );
}
