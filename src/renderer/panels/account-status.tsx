import { ChevronRight, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { AccountView, MailboxView } from '../../shared/contract/views';
import { showFailure } from '../feedback/undo';
import { openDialog } from '../state/ui-store';
import { statusStrings, topBarStrings } from '../strings/status';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { AccountNumbers } from './account-numbers';
import styles from './account-status.module.css';
import { clockTime } from './clock-time';
import { CoverageTable } from './coverage-table';
import { goOnline } from './go-online';
import { syncNow } from './sync-now';

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
              {statusStrings.watch[account.watch]}
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
        <RightButton account={account} />
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

function RightButton({ account }: { readonly account: AccountView }) {
  const byChoice = useHost((host) => host.status?.offlineByChoice === true);
  switch (account.state) {
    case 'auth':
      return (
        <Button size="small" onPress={() => openDialog({ kind: 'sign-in', accountId: account.id })}>
          {statusStrings.signIn}
        </Button>
      );
    case 'paused':
      return (
        <Button size="small" onPress={() => void setPaused(account, false)}>
          {statusStrings.resume}
        </Button>
      );
    case 'error':
      return (
        <Button size="small" onPress={() => void syncNow(account.id)}>
          {statusStrings.syncNow}
        </Button>
      );
    case 'offline':
      return (
        <Button size="small" onPress={() => void (byChoice ? goOnline() : syncNow(account.id))}>
          {byChoice ? statusStrings.goOnline : statusStrings.syncNow}
        </Button>
      );
    case 'new':
    case 'probing':
    case 'ok':
    case 'syncing':
    case 'removing':
      return null;
  }
}

function AccountMenu({ account }: { readonly account: AccountView }) {
  const paused = account.state === 'paused';
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
      <MenuItem label={statusStrings.syncNow} onAction={() => void syncNow(account.id)} />
      <MenuItem
        label={paused ? statusStrings.resume : statusStrings.pause}
        onAction={() => void setPaused(account, !paused)}
      />
      <MenuItem
        label={statusStrings.signIn}
        onAction={() => openDialog({ kind: 'sign-in', accountId: account.id })}
      />
      <MenuSeparator />
      <MenuItem
        label={topBarStrings.removeAccount(account.name)}
        danger
        onAction={() => openDialog({ kind: 'remove-account', accountId: account.id })}
      />
    </Menu>
  );
}

async function setPaused(account: AccountView, paused: boolean): Promise<void> {
  const outcome = await call('accounts.update', { accountId: account.id, paused });
  if (!outcome.ok) showFailure(statusStrings.notChanged, outcome.failure);
}
