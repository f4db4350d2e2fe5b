import { X } from 'lucide-react';
import { showFailure } from '../feedback/undo';
import { settingsStrings } from '../strings/settings';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { IconButton } from '../ui/icon-button';
import styles from './settings-dialog.module.css';

/** The senders whose remote pictures load without asking. */
export function RemoteSenders() {
  const senders = useLiveQuery('remoteContent.list', {}, ['settings']).data ?? [];
  const words = settingsStrings.remote;
  const revoke = async (sender: string) => {
    const outcome = await call('remoteContent.revoke', { sender });
    if (!outcome.ok) showFailure(words.notRevoked, outcome.failure);
  };
  if (senders.length === 0) return <p className={styles.quiet}>{words.none}</p>;
  return (
    <ul>
      {senders.map((sender) => (
        <li key={sender} className={styles.item}>
          <span>{sender}</span>
          <IconButton label={words.revoke(sender)} size="small" onPress={() => void revoke(sender)}>
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
