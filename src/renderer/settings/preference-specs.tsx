import type { Settings } from '../../shared/contract/settings';
import { runCommand } from '../commands/registry';
import { settingsStrings as s } from '../strings/settings';
import { useHost } from '../transport/use-host';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { BrowserNotifications } from './browser-notifications';
import { quietKey, quietOf, quietOptions } from './quiet-hours';
import type { SettingSpec } from './setting';

export type Save = (patch: Partial<Settings>) => void;

/** Value and words of the choices of a select, in the order written. */
function options<V extends string>(words: Record<V, string>): readonly { value: V; label: string }[] {
  return (Object.keys(words) as V[]).map((value) => ({ value, label: words[value] }));
}

const MARK_READ = [
  { value: '0', label: s.markRead.options[0] },
  { value: '1000', label: s.markRead.options[1000] },
  { value: '3000', label: s.markRead.options[3000] },
  { value: 'never', label: s.markRead.options.never },
];
const UNDO_SECONDS = { 0: 0, 5: 5, 10: 10, 30: 30, 60: 60 } as const;
type UndoChoice = `${keyof typeof UNDO_SECONDS}`;
const ZOOMS = [80, 90, 100, 110, 125, 150, 175, 200, 300];

/** The settings that are one choice each. `desktop`: the host has windows and a tray. */
export function preferenceSpecs(settings: Settings, save: Save, desktop: boolean): readonly SettingSpec[] {
  const choice = <V extends string>(
    words: { readonly label: string; readonly text: string; readonly options: Record<V, string> },
    value: V,
    onChange: (value: V) => void,
  ): Pick<SettingSpec, 'label' | 'text' | 'also' | 'control'> => ({
    label: words.label,
    text: words.text,
    also: Object.values<string>(words.options).join(' '),
    control: (
      <Select
        label={words.label}
        labelHidden
        value={value}
        options={options(words.options)}
        onChange={onChange}
      />
    ),
  });
  const onOff = (
    words: { readonly label: string; readonly text: string },
    value: boolean,
    onChange: (on: boolean) => void,
  ): Pick<SettingSpec, 'label' | 'text' | 'control'> => ({
    ...words,
    control: <Switch label={words.label} labelHidden isSelected={value} onChange={onChange} />,
  });
  const { notifications } = settings;
  const setNotified = (enabled: boolean) => save({ notifications: { ...notifications, enabled } });
  return [
    { id: 'theme', group: 'appearance', ...choice(s.theme, settings.theme, (theme) => save({ theme })) },
    {
      id: 'density',
      group: 'appearance',
      ...choice(s.density, settings.density, (density) => save({ density })),
    },
    { id: 'layout', group: 'appearance', ...choice(s.layout, settings.layout, (layout) => save({ layout })) },
    {
      id: 'readingPane',
      group: 'appearance',
      ...choice(s.readingPane, settings.readingPane, (readingPane) => save({ readingPane })),
    },
    {
      id: 'dateGroups',
      group: 'appearance',
      ...onOff(s.dateGroups, settings.dateGroups, (dateGroups) => save({ dateGroups })),
    },
    // Elsewhere the top bar is the title bar, as is the habit there (UI-004).
    ...(desktop && useHost.getState().info?.platform === 'linux'
      ? [
          {
            id: 'systemTitleBar',
            group: 'appearance' as const,
            ...onOff(s.systemTitleBar, settings.systemTitleBar, (systemTitleBar) => save({ systemTitleBar })),
          },
        ]
      : []),
    { id: 'swipe', group: 'appearance', ...onOff(s.swipe, settings.swipe, (swipe) => save({ swipe })) },
    {
      id: 'markRead',
      group: 'reading',
      label: s.markRead.label,
      text: s.markRead.text,
      control: (
        <Select
          label={s.markRead.label}
          labelHidden
          value={settings.markReadAfterMs === null ? 'never' : String(settings.markReadAfterMs)}
          options={MARK_READ}
          onChange={(value) => save({ markReadAfterMs: value === 'never' ? null : Number(value) })}
        />
      ),
    },
    {
      id: 'afterArchive',
      group: 'reading',
      ...choice(s.afterArchive, settings.afterArchive, (afterArchive) => save({ afterArchive })),
    },
    {
      id: 'body',
      group: 'reading',
      ...choice(s.body, settings.bodyPreference, (bodyPreference) => save({ bodyPreference })),
    },
    {
      id: 'zoom',
      group: 'reading',
      ...s.zoom,
      control: (
        <Select
          label={s.zoom.label}
          labelHidden
          value={String(settings.textZoomPercent)}
          options={[...new Set([...ZOOMS, settings.textZoomPercent])]
            .sort((a, b) => a - b)
            .map((percent) => ({ value: String(percent), label: `${percent} %` }))}
          onChange={(value) => save({ textZoomPercent: Number(value) })}
        />
      ),
    },
    {
      id: 'fixedWidth',
      group: 'reading',
      ...onOff(s.fixedWidth, settings.fixedWidth, (fixedWidth) => save({ fixedWidth })),
    },
    {
      id: 'countOnce',
      group: 'reading',
      ...onOff(s.countOnce, settings.countDuplicatesOnce, (countDuplicatesOnce) =>
        save({ countDuplicatesOnce }),
      ),
    },
    {
      id: 'undoSend',
      group: 'writing',
      ...choice(s.undoSend, String(settings.undoSendSeconds) as UndoChoice, (seconds) =>
        save({ undoSendSeconds: UNDO_SECONDS[seconds] }),
      ),
    },
    {
      id: 'composeFormat',
      group: 'writing',
      ...choice(s.composeFormat, settings.composeFormat, (composeFormat) => save({ composeFormat })),
    },
    {
      id: 'answerPlace',
      group: 'writing',
      ...choice(s.answerPlace, settings.answerPlace, (answerPlace) => save({ answerPlace })),
    },
    {
      id: 'readReceipts',
      group: 'writing',
      ...choice(s.readReceipts, settings.readReceipts, (readReceipts) => save({ readReceipts })),
    },
    {
      id: 'keyPreset',
      group: 'keyboard',
      ...choice(s.keyPreset, settings.keyPreset, (keyPreset) => save({ keyPreset })),
    },
    {
      id: 'singleKeys',
      group: 'keyboard',
      ...onOff(s.singleKeys, settings.singleKeyShortcuts, (singleKeyShortcuts) =>
        save({ singleKeyShortcuts }),
      ),
    },
    {
      id: 'shortcuts',
      group: 'keyboard',
      label: s.shortcuts.label,
      text: s.shortcuts.text,
      control: <Button onPress={() => runCommand('shortcuts.show')}>{s.singleKeys.show}</Button>,
    },
    {
      id: 'notify',
      group: 'notifications',
      ...onOff(s.notify, notifications.enabled, setNotified),
      ...(desktop
        ? {}
        : { control: <BrowserNotifications on={notifications.enabled} onChange={setNotified} /> }),
    },
    {
      id: 'notifyContent',
      group: 'notifications',
      ...choice(s.notifyContent, notifications.content, (content) =>
        save({ notifications: { ...notifications, content } }),
      ),
    },
    {
      id: 'quiet',
      group: 'notifications',
      label: s.quiet.label,
      text: s.quiet.text,
      control: (
        <Select
          label={s.quiet.label}
          labelHidden
          value={quietKey(notifications.quiet ?? null)}
          options={quietOptions(notifications.quiet ?? null)}
          onChange={(key) => save({ notifications: { ...notifications, quiet: quietOf(key) } })}
        />
      ),
    },
    {
      id: 'announceNewMail',
      group: 'notifications',
      ...onOff(s.announceNewMail, settings.announceNewMail, (announceNewMail) => save({ announceNewMail })),
    },
    ...(desktop
      ? [
          {
            id: 'tray',
            group: 'notifications' as const,
            ...onOff(s.tray, settings.closeToTray, (closeToTray) => save({ closeToTray })),
          },
          {
            id: 'startAtLogin',
            group: 'notifications' as const,
            ...onOff(s.startAtLogin, settings.startAtLogin, (startAtLogin) => save({ startAtLogin })),
          },
        ]
      : []),
  ];
}

/** What every setting is called, in the order of the dialog, for whoever looks for one elsewhere. */
export function settingTitles(settings: Settings, desktop: boolean): readonly string[] {
  return [
    ...preferenceSpecs(settings, () => undefined, desktop).map(({ label }) => label),
    ...[s.keyBindings, s.remote, s.accounts, s.document].map(({ label }) => label),
  ];
}
