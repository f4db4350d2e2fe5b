import type { SendProblem } from '../../shared/contract/compose-views';
import { composeStrings } from '../strings/compose';
import { listed } from '../strings/plural';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { DraftSession } from './draft-session';
import { addPeople } from './parse-people';

interface ProblemsDialogProps {
  readonly session: DraftSession;
  readonly warnings: readonly SendProblem[];
  onSend(): void;
  onClose(): void;
}

/** What a careful person would look at once more before it is sent. */
export function ProblemsDialog({ session, warnings, onSend, onClose }: ProblemsDialogProps) {
  const many = warnings.some(({ kind }) => kind === 'many-recipients');
  const hide = () => {
    const { to, cc, bcc } = session.snapshot().content;
    session.change({ to: [], cc: [], bcc: addPeople(bcc, [...to, ...cc]) });
    onClose();
  };
  return (
    <Dialog
      title={composeStrings.problemsTitle}
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          {many && (
            <Button variant="quiet" onPress={hide}>
              {composeStrings.toBcc}
            </Button>
          )}
          <Button onPress={onClose} autoFocus>
            {composeStrings.keepWriting}
          </Button>
          <Button variant="primary" onPress={onSend}>
            {composeStrings.sendAnyway}
          </Button>
        </>
      }
    >
      {warnings.map(({ kind, about }) => (
        <p key={kind}>{composeStrings.problems[kind](listed(about))}</p>
      ))}
    </Dialog>
  );
}
