import { WIDGET_KEYS } from '../../shared/keyboard/own-keys';
import { saveSettings, useSettings } from '../settings/use-settings';
import { closeDialog } from '../state/ui-store';
import { commandGroupTitles, commandStrings } from '../strings/commands';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Key } from '../ui/key';
import type { CommandGroup, CommandSpec } from './catalogue';
import { useKeyBindings } from './key-bindings';
import { isApple, readableKeys } from './shortcut-label';
import styles from './shortcut-sheet.module.css';

/** In the order of their titles: a group that is missing here would hide its commands. */
const GROUPS = Object.keys(commandGroupTitles) as CommandGroup[];

/** Every command with a key, generated from the catalogue with the keys in force (APP-254). */
export function ShortcutSheet() {
  const { singleKeyShortcuts } = useSettings();
  const { commands } = useKeyBindings();
  return (
    <Dialog title={commandStrings.sheetTitle} size={800} onClose={closeDialog} isReading>
      <p className={styles.note}>
        {singleKeyShortcuts ? commandStrings.sheetSingleKeysHint : commandStrings.sheetSingleKeysOff}{' '}
        {singleKeyShortcuts ? null : (
          <Button
            size="small"
            variant="quiet"
            onPress={() => void saveSettings({ singleKeyShortcuts: true })}
          >
            {commandStrings.turnOn}
          </Button>
        )}
      </p>
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group} aria-labelledby={`shortcuts-${group}`}>
            <h3 id={`shortcuts-${group}`} className={styles.title}>
              {commandGroupTitles[group]}
            </h3>
            <dl>
              {commands
                .filter((spec) => spec.group === group && allKeys(spec).length > 0)
                .map((spec) => (
                  <div key={spec.id} className={styles.row}>
                    <dt>{spec.title}</dt>
                    <dd className={styles.keys}>
                      {allKeys(spec).map((key) => (
                        <Key key={key} keys={readableKeys(key, isApple)} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** With what lists do by themselves. */
function allKeys({ id, keys }: CommandSpec): readonly string[] {
  const own = WIDGET_KEYS[id];
  return own === undefined ? keys : [...keys, own];
}
