import { X } from 'lucide-react';
import type { CommandId } from '../commands/catalogue';
import { runCommand } from '../commands/registry';
import { formatSize } from '../list/format-size';
import { useUi } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { uiStrings } from '../strings/ui';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Spoken } from '../ui/live-region';
import { Switch } from '../ui/switch';
import { AccountStatus } from './account-status';
import { Activities } from './activities';
import { SyncLog } from './sync-log';
import styles from './sync-panel.module.css';

/** Sync activity (APP-195): what runs, how each account is, what happened lately. */
export function SyncPanel({ onLeave }: { readonly onLeave: () => void }) {
  const status = useHost((state) => state.status);
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const isOpen = useUi((state) => state.syncPanelOpen);
  if (!status || !isOpen) return null;
  const leaveTo = (command: CommandId) => {
    onLeave();
    runCommand(command);
  };
  return (
    <>
      <div className={styles.header}>
        <h2 className={styles.title}>{statusStrings.panel}</h2>
        <Button size="small" onPress={() => runCommand('sync.now')}>
          {statusStrings.syncNow}
        </Button>
        <span className={styles.close}>
          <IconButton label={uiStrings.close} onPress={onLeave}>
            <X />
          </IconButton>
        </span>
      </div>
      <div className={styles.body}>
        <Activities activities={status.activities} accounts={accounts} mailboxes={mailboxes} />
        <section className={styles.section} aria-label={statusStrings.accounts}>
          {accounts.map((account) => (
            <AccountStatus
              key={account.id}
              account={account}
              mailboxes={mailboxes.filter(({ accountId }) => accountId === account.id)}
            />
          ))}
        </section>
        <SyncLog accounts={accounts} />
      </div>
      <div className={styles.footer}>
        <Switch
          label={statusStrings.workOffline}
          isSelected={status.offlineByChoice}
          onChange={(offline) => void call('sync.setOffline', { offline })}
        />
        <Switch
          label={statusStrings.headersOnly}
          isSelected={status.metered !== 'no'}
          isDisabled={status.metered === 'link'}
          onChange={(metered) => void call('sync.setMetered', { metered })}
        />
        {status.metered === 'no' ? null : (
          <p className={styles.note}>{statusStrings.metered[status.metered]}</p>
        )}
        {status.diskNeededBytes === null ? null : (
          <Spoken as="p" politeness="assertive" className={styles.full}>
            {statusStrings.diskFull(formatSize(status.diskNeededBytes))}
          </Spoken>
        )}
        <span className={styles.size}>{statusStrings.database(formatSize(status.databaseBytes))}</span>
        <div className={styles.links}>
          {status.parked > 0 ? (
            <Button variant="quiet" size="small" onPress={() => leaveTo('changes.attention')}>
              {statusStrings.attentionLink(status.parked)}
            </Button>
          ) : null}
          {status.waiting > 0 ? (
            <Button variant="quiet" size="small" onPress={() => leaveTo('changes.waiting')}>
              {statusStrings.waitingLink(status.waiting)}
            </Button>
          ) : null}
          <Button variant="quiet" size="small" onPress={() => leaveTo('help.conflicts')}>
            {statusStrings.conflicts}
          </Button>
        </div>
      </div>
    </>
  );
}
