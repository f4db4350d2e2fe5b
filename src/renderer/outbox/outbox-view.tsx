import { Send } from 'lucide-react';
import { outboxStrings } from '../strings/outbox';
import { useLiveQuery } from '../transport/use-live-query';
import { EmptyState } from '../ui/empty-state';
import { useNow } from '../ui/use-now';
import { OutboxEntry } from './outbox-entry';
import styles from './outbox-view.module.css';

/** What has not left, what failed, and what was sent within the last minute (APP-192). */
export function OutboxPane() {
  const entries = useLiveQuery('outbox.list', {}, ['outbox']).data;
  const now = useNow((entries ?? []).some(({ notBefore }) => notBefore !== null && notBefore > Date.now()));
  return (
    <div className={styles.pane}>
      <header className={styles.head}>
        <h1 className={styles.title}>{outboxStrings.title}</h1>
        {entries && entries.length > 0 && <span className={styles.count}>{entries.length}</span>}
      </header>
      {entries?.length === 0 ? (
        <div className={styles.empty} tabIndex={-1} data-region-focus>
          <EmptyState icon={<Send />} title={outboxStrings.empty} />
        </div>
      ) : (
        <ul className={styles.list} aria-label={outboxStrings.list}>
          {entries?.map((entry) => (
            <OutboxEntry key={entry.id} entry={entry} now={now} />
          ))}
        </ul>
      )}
    </div>
  );
}
