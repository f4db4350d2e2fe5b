import { useState } from 'react';
import { Form } from 'react-aria-components';
import { openList } from '../list/open-list';
import { createRowTimes } from '../list/row-time';
import type { Selection } from '../list/selection';
import { closeDialog } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { snoozeStrings } from '../strings/snooze';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { snoozeUntil } from './snooze';
import { fromLocalText, toLocalText } from './snooze-date';
import styles from './snooze-dialog.module.css';

const times = createRowTimes(undefined);
const FORM = 'snooze-date';

/** Any date and time. The field is the system's: it writes, reads and steps in the person's own language. */
export function SnoozeDialog({ rows }: { readonly rows: Selection }) {
  const [text, setText] = useState(tomorrowMorning);
  const [tried, setTried] = useState(false);
  const list = openList();
  if (!list) return null;
  const until = fromLocalText(text);
  const error = until === null ? snoozeStrings.noDate : until <= Date.now() ? snoozeStrings.past : undefined;

  return (
    <Dialog
      title={snoozeStrings.title}
      onClose={closeDialog}
      actions={
        <>
          <Button onPress={closeDialog}>{actionStrings.cancel}</Button>
          <Button type="submit" form={FORM} variant="primary">
            {snoozeStrings.confirm}
          </Button>
        </>
      }
    >
      <Form
        id={FORM}
        className={styles.form ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (until === null || error !== undefined) return;
          closeDialog();
          snoozeUntil(list, rows, until);
        }}
      >
        <TextField
          label={snoozeStrings.field}
          type="datetime-local"
          value={text}
          onChange={setText}
          autoFocus
          error={tried ? error : undefined}
          description={until === null || error !== undefined ? undefined : times.full(until)}
        />
      </Form>
    </Dialog>
  );
}

function tomorrowMorning(): string {
  const now = new Date();
  return toLocalText(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8).getTime());
}
