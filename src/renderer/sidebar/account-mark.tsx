import { CloudOff, Pause, RefreshCw, TriangleAlert } from 'lucide-react';
import type { AccountView } from '../../shared/contract/views';
import { runCommand } from '../commands/registry';
import { goOnline } from '../panels/go-online';
import { sidebarStrings } from '../strings/sidebar';
import { useHost } from '../transport/use-host';
import { Button } from '../ui/button';
import styles from './sidebar.module.css';

/** State of an account where the user looks, with the one right button (APP-013). */
export function AccountMark({ account }: { readonly account: AccountView }) {
  const { state } = account;
  const target = { kind: 'account', accountId: account.id } as const;
  const words = sidebarStrings;
  const byChoice = useHost((host) => host.status?.offlineByChoice === true);
  const title = account.failure?.message ?? (state === 'ok' ? '' : words.states[state]);
  switch (state) {
    case 'ok':
      return null;
    case 'auth':
      return (
        <Mark
          tone="danger"
          title={title}
          label={words.signIn}
          run={() => runCommand('account.signIn', target)}
        >
          <TriangleAlert size={16} aria-hidden />
        </Mark>
      );
    case 'error':
      return (
        <Mark tone="danger" title={title} label={words.details} run={() => runCommand('sync.panel')}>
          <TriangleAlert size={16} aria-hidden />
        </Mark>
      );
    case 'paused':
      return (
        <Mark tone="quiet" title={title} label={words.resume} run={() => runCommand('account.pause', target)}>
          <Pause size={16} aria-hidden />
        </Mark>
      );
    case 'offline':
      return (
        <Mark
          tone="quiet"
          title={title}
          label={byChoice ? words.goOnline : words.syncNow}
          run={() => (byChoice ? void goOnline() : runCommand('sync.now', target))}
        >
          <CloudOff size={16} aria-hidden />
        </Mark>
      );
    case 'new':
    case 'probing':
    case 'syncing':
    case 'removing':
      return (
        <span className={styles.mark} title={title}>
          <RefreshCw size={16} aria-hidden />
        </span>
      );
  }
}

interface MarkProps {
  readonly tone: 'danger' | 'quiet';
  readonly title: string;
  readonly label: string;
  run(): void;
  readonly children: React.ReactNode;
}

function Mark({ tone, title, label, run, children }: MarkProps) {
  return (
    <span className={`${styles.mark} ${styles[tone]}`} title={title}>
      {children}
      <Button variant="plain" size="small" onPress={run}>
        {label}
      </Button>
    </span>
  );
}
