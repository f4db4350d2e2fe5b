import { showToast } from '../feedback/toast-store';
import { closeDialog } from '../state/ui-store';
import { letterStrings } from '../strings/status';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import styles from './letter-dialog.module.css';

interface LetterDialogProps {
  readonly to: string;
  readonly subject: string;
}

/** Letters cannot be written here yet: says so, and lets the address be taken to where they can. */
export function LetterDialog({ to, subject }: LetterDialogProps) {
  const copy = () => {
    closeDialog();
    void navigator.clipboard.writeText(to).then(
      () => showToast({ tone: 'done', text: letterStrings.copied }),
      () => showToast({ tone: 'failure', text: letterStrings.notCopied }),
    );
  };
  return (
    <Dialog
      title={letterStrings.title}
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{letterStrings.close}</Button>
          <Button variant="primary" onPress={copy} autoFocus>
            {letterStrings.copy}
          </Button>
        </>
      }
    >
      <p>{letterStrings.text}</p>
      <dl className={styles.fields}>
        <dt>{letterStrings.to}</dt>
        <dd data-selectable>
          <bdi>{to}</bdi>
        </dd>
        {subject !== '' && (
          <>
            <dt>{letterStrings.subject}</dt>
            <dd data-selectable>
              <bdi>{subject}</bdi>
            </dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}
