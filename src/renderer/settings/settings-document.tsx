import { useState } from 'react';
import { TextArea, TextField } from 'react-aria-components';
import type { Settings } from '../../shared/contract/settings';
import { showToast } from '../feedback/toast-store';
import { settingsStrings } from '../strings/settings';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { parseDocument } from './parse-document';
import type { Save } from './preference-specs';
import styles from './settings-dialog.module.css';
import { DEFAULT_SETTINGS } from './use-settings';

const words = settingsStrings.document;

/** All settings as one JSON text: copy, paste, apply, reset (APP-251). */
export function SettingsDocument({ settings, save }: { readonly settings: Settings; readonly save: Save }) {
  const stored = JSON.stringify(settings, null, 2);
  const [edited, setEdited] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  const apply = () => {
    const patch = parseDocument(edited ?? stored);
    setBroken(patch === null);
    if (patch === null) return;
    save(patch);
    setEdited(null);
    showToast({ tone: 'done', text: words.applied });
  };
  const copy = () =>
    void navigator.clipboard.writeText(stored).then(
      () => showToast({ tone: 'done', text: words.copied }),
      () => undefined,
    );
  return (
    <div className={styles.document}>
      <TextField aria-label={words.label} value={edited ?? stored} onChange={setEdited}>
        <TextArea className={styles.text ?? ''} rows={8} spellCheck={false} />
      </TextField>
      {broken ? (
        <Banner tone="danger" announce>
          {words.broken}
        </Banner>
      ) : null}
      <div className={styles.row}>
        <Button
          variant="quiet"
          onPress={() => {
            save(DEFAULT_SETTINGS);
            showToast({ tone: 'done', text: words.resetDone });
          }}
        >
          {words.reset}
        </Button>
        <Button onPress={copy}>{words.copy}</Button>
        <Button isDisabled={edited === null} onPress={apply}>
          {words.apply}
        </Button>
      </div>
    </div>
  );
}
