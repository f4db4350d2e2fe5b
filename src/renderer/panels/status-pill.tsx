import { CircleCheck, Clock, CloudOff, KeyRound, Pause, RefreshCw, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { Button } from 'react-aria-components';
import { useUi } from '../state/ui-store';
import { statusStrings } from '../strings/status';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { Popover } from '../ui/popover';
import { clockTime } from './clock-time';
import { SyncPanel } from './later-dialogs';
import { type PillState, pillState } from './pill-state';
import styles from './status-pill.module.css';
import { useAnnounced } from './use-announced';

const ICONS: Record<PillState['kind'], typeof Clock> = {
  connecting: RefreshCw,
  'sign-in': KeyRound,
  attention: TriangleAlert,
  offline: CloudOff,
  syncing: RefreshCw,
  problem: TriangleAlert,
  waiting: Clock,
  paused: Pause,
  ok: CircleCheck,
};

/** The one place that says how the mail is (UI-050); opens the sync panel. */
export function StatusPill() {
  const { status, connection } = useHost();
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const isOpen = useUi((state) => state.syncPanelOpen);
  const trigger = useRef<HTMLButtonElement>(null);
  const { kind, text } = pillState(status, accounts, connection === 'open', clockTime);
  useAnnounced(kind, text);
  const Icon = ICONS[kind];
  const setOpen = (open: boolean) => useUi.setState({ syncPanelOpen: open });
  return (
    <>
      <Button
        ref={trigger}
        className={`${styles.pill} ${styles[kind] ?? ''}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        <Icon aria-hidden />
        <span className={styles.text}>{text}</span>
      </Button>
      <Popover
        triggerRef={trigger}
        isOpen={isOpen}
        onOpenChange={setOpen}
        label={statusStrings.panel}
        fillsPhone
      >
        <SyncPanel onLeave={() => setOpen(false)} />
      </Popover>
    </>
  );
}
