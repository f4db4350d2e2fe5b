import type { HistoryEntry, MailboxView, MessageView } from '../../shared/contract/views';
import { undoGesture } from '../feedback/undo';
import { clockTime } from '../panels/clock-time';
import { folderPath } from '../strings/folder-path';
import { readerStrings } from '../strings/reader';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import styles from './history-dialog.module.css';

interface HistoryDialogProps {
  readonly message: MessageView;
  onClose(): void;
}

/** Who did what with a message and when, newest first, and a way back from each of it (APP-102). */
export function HistoryDialog({ message, onClose }: HistoryDialogProps) {
  const { data } = useLiveQuery('messages.history', { messageId: message.id }, [
    `thread:${message.threadId}`,
    'pending',
  ]);
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  return (
    <Dialog title={readerStrings.historyTitle} size={640} onClose={onClose}>
      {data?.length === 0 ? <p>{readerStrings.historyEmpty}</p> : null}
      <ol className={styles.entries}>
        {(data ?? []).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added in front, and hold no state
          <Entry key={index} entry={entry} mailboxes={mailboxes} />
        ))}
      </ol>
    </Dialog>
  );
}

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly mailboxes: readonly MailboxView[];
}

function Entry({ entry, mailboxes }: EntryProps) {
  const what =
    entry.kind === 'fact' ? readerStrings.historyFact[entry.what](placeOf(entry, mailboxes)) : entry.title;
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={new Date(entry.at).toISOString()}>
        {clockTime(entry.at)}
      </time>
      <div>
        <p>{what}</p>
        <p className={styles.detail}>
          {readerStrings.historyBy(entry.origin)}
          {entry.kind === 'intent' ? ` · ${readerStrings.historyState[entry.state]}` : null}
        </p>
        {entry.kind === 'intent' && entry.failure ? (
          <p className={styles.bad}>{entry.failure.message}</p>
        ) : null}
      </div>
      {entry.kind === 'intent' && entry.canUndo && entry.origin !== 'undo' ? (
        <Button
          size="small"
          onPress={() => void undoGesture({ text: entry.title, gestureId: entry.gestureId })}
        >
          {readerStrings.historyUndo}
        </Button>
      ) : null}
    </li>
  );
}

function placeOf(
  { mailboxId, mailbox }: Extract<HistoryEntry, { kind: 'fact' }>,
  mailboxes: readonly MailboxView[],
): string | null {
  const known = mailboxes.find(({ id }) => id === mailboxId);
  return known ? folderPath(known) : mailbox;
}
