import type { AccountView, MailboxView, StatusView } from '../../shared/contract/views';
import { folderPath } from '../strings/folder-path';
import { statusStrings } from '../strings/status';
import { ProgressBar } from '../ui/progress-bar';
import styles from './activities.module.css';

interface ActivitiesProps {
  readonly activities: StatusView['activities'];
  readonly accounts: readonly AccountView[];
  readonly mailboxes: readonly MailboxView[];
}

/** What is going on, in words with numbers and an honest estimate (UI-052). */
export function Activities({ activities, accounts, mailboxes }: ActivitiesProps) {
  if (activities.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={statusStrings.now}>
      {activities.map(({ accountId, mailboxId, kind, done, total, remainingMs }) => {
        const account = accounts.find(({ id }) => id === accountId)?.name ?? '';
        const mailbox = mailboxes.find(({ id }) => id === mailboxId);
        const folder = mailbox ? folderPath(mailbox) : null;
        const what = statusStrings.activity[kind];
        return (
          <li key={`${accountId} ${mailboxId} ${kind}`} className={styles.activity}>
            <span className={styles.what}>{what}</span>
            <span className={styles.numbers}>{statusStrings.progress(done, total)}</span>
            <span className={styles.where}>{statusStrings.activityPlace(account, folder)}</span>
            <span className={styles.numbers}>{statusStrings.remaining(remainingMs)}</span>
            <div className={styles.bar}>
              <ProgressBar label={what} share={total === null || total === 0 ? null : done / total} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
