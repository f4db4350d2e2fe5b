import { commandTitles } from '../../shared/keyboard/command-titles';
import { showFailure } from '../feedback/undo';
import { composeStrings } from '../strings/compose';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { DraftSession } from './draft-session';
import styles from './history-dialog.module.css';

interface HistoryDialogProps {
  readonly session: DraftSession;
  onClose(): void;
}

/** The versions of a draft, newest first, with the first line of each (APP-125). */
export function HistoryDialog({ session, onClose }: HistoryDialogProps) {
  const { id: draftId } = session;
  const revisions = useLiveQuery('drafts.revisions', { draftId }, [`draft:${draftId}`]).data ?? [];
  const newest = [...revisions].sort((a, b) => b.revision - a.revision);
  const restore = async (revision: number) => {
    const saved = await session.flush();
    const outcome = saved.ok ? await call('drafts.restore', { draftId, revision }) : saved;
    if (!outcome.ok) {
      showFailure(composeStrings.notRestored, outcome.failure);
      return;
    }
    if (outcome.value) session.replace(outcome.value);
    onClose();
  };
  return (
    <Dialog title={commandTitles['compose.history']} size={640} onClose={onClose}>
      <p className={styles.text}>{composeStrings.historyText}</p>
      {newest.length === 0 && <p>{composeStrings.historyNone}</p>}
      <ul className={styles.list}>
        {newest.map(({ revision, savedAt, firstLine }) => {
          const time = composeStrings.quoteDate(savedAt);
          return (
            <li key={revision} className={styles.version}>
              <span className={styles.time}>{time}</span>
              <bdi className={styles.line}>{firstLine || composeStrings.emptyVersion}</bdi>
              <Button
                size="small"
                variant="quiet"
                aria-label={composeStrings.restoreOf(time)}
                onPress={() => void restore(revision)}
              >
                {composeStrings.restore}
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
