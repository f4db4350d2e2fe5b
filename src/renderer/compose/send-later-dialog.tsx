import { useState } from 'react';
import { Form } from 'react-aria-components';
import { fromLocalText, toLocalText } from '../actions/snooze-date';
import { snoozePresets, weekendOf } from '../actions/snooze-presets';
import { createRowTimes } from '../list/row-time';
import { composeStrings } from '../strings/compose';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import styles from './send-later-dialog.module.css';

const times = createRowTimes(undefined);
const FORM = 'send-later';

interface SendLaterDialogProps {
  onChoose(later: { at: number; zone: string }): void;
  onClose(): void;
}

/** When to send: one of a few moments, or any date and time; whose clock it is and who sends is said (APP-129). */
export function SendLaterDialog({ onChoose, onClose }: SendLaterDialogProps) {
  const [presets] = useState(() => snoozePresets(Date.now(), weekendOf(navigator.language)));
  const [text, setText] = useState(() => toLocalText(presets.at(-1)?.until ?? Date.now()));
  const [tried, setTried] = useState(false);
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const at = fromLocalText(text);
  const error =
    at === null ? composeStrings.laterNone : at <= Date.now() ? composeStrings.laterPast : undefined;
  return (
    <Dialog
      title={composeStrings.laterTitle}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{composeStrings.cancel}</Button>
          <Button type="submit" form={FORM} variant="primary">
            {composeStrings.laterConfirm}
          </Button>
        </>
      }
    >
      <div className={styles.presets}>
        {presets.map(({ id, until }) => (
          <Button key={id} size="small" onPress={() => onChoose({ at: until, zone })}>
            {composeStrings.presets[id]} · {times.full(until)}
          </Button>
        ))}
      </div>
      <Form
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (at !== null && error === undefined) onChoose({ at, zone });
        }}
      >
        <TextField
          label={composeStrings.laterField}
          type="datetime-local"
          value={text}
          onChange={setText}
          autoFocus
          error={tried ? error : undefined}
          description={composeStrings.laterWho(zone)}
        />
      </Form>
    </Dialog>
  );
}
