import type { OutboxView } from '../../shared/contract/compose-views';
import { outboxStrings } from '../strings/outbox';
import { listed } from '../strings/plural';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { actOn } from './outbox-actions';
import styles from './outbox-entry.module.css';
import type { OutboxAction } from './outbox-state';

interface UnknownDialogProps {
  readonly entry: OutboxView;
  onClose(): void;
}

/** The link broke after the message was handed over: what was observed, and the two things one can do (APP-132). */
export function UnknownDialog({ entry, onClose }: UnknownDialogProps) {
  const { subject, recipients, observed } = entry;
  const act = (action: OutboxAction) => () => {
    onClose();
    void actOn(entry, action);
  };
  return (
    <Dialog
      title={outboxStrings.askTitle}
      size={640}
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {outboxStrings.later}
          </Button>
          <Button onPress={act('markSent')}>{outboxStrings.actions.markSent}</Button>
          <Button variant="primary" onPress={act('sendAgain')}>
            {outboxStrings.actions.sendAgain}
          </Button>
        </>
      }
    >
      <p className={styles.subject}>
        <bdi>{subject || outboxStrings.noSubject}</bdi>
      </p>
      <p className={styles.to}>
        <bdi>{outboxStrings.to(listed(recipients.map(({ name, address }) => name || address)))}</bdi>
      </p>
      {observed !== null && <p className={styles.server}>{outboxStrings.observed[observed]}</p>}
    </Dialog>
  );
}
