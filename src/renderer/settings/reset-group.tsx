import type { Settings } from '../../shared/contract/settings';
import { settingsStrings } from '../strings/settings';
import { Button } from '../ui/button';
import type { Save } from './preference-specs';
import type { SettingSpec } from './setting';
import { DEFAULT_SETTINGS } from './use-settings';

/** The keys of the settings document that belong to a group. */
const GROUP_KEYS: Partial<Record<SettingSpec['group'], readonly (keyof Settings)[]>> = {
  appearance: [
    'theme',
    'density',
    'layout',
    'readingPane',
    'tableColumns',
    'systemTitleBar',
    'swipe',
    'panes',
    'dateGroups',
  ],
  reading: [
    'markReadAfterMs',
    'afterArchive',
    'bodyPreference',
    'textZoomPercent',
    'fixedWidth',
    'countDuplicatesOnce',
  ],
  writing: ['undoSendSeconds', 'composeFormat', 'answerPlace', 'readReceipts'],
  keyboard: ['keyPreset', 'singleKeyShortcuts', 'keyBindings'],
  notifications: ['notifications', 'announceNewMail', 'closeToTray', 'startAtLogin'],
};

interface ResetGroupProps {
  readonly group: SettingSpec['group'];
  readonly settings: Settings;
  readonly save: Save;
}

/** Puts one group back to how it began (APP-251); there only when something in it differs. */
export function ResetGroup({ group, settings, save }: ResetGroupProps) {
  const changed = (GROUP_KEYS[group] ?? []).filter(
    (key) => JSON.stringify(settings[key]) !== JSON.stringify(DEFAULT_SETTINGS[key]),
  );
  if (changed.length === 0) return null;
  const name = settingsStrings.groups[group];
  return (
    <Button
      size="small"
      variant="quiet"
      aria-label={settingsStrings.resetGroup(name)}
      onPress={() => save(Object.fromEntries(changed.map((key) => [key, DEFAULT_SETTINGS[key]])))}
    >
      {settingsStrings.reset}
    </Button>
  );
}
