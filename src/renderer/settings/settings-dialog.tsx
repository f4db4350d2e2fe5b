import { useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import type { Settings } from '../../shared/contract/settings';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { runCommand } from '../commands/registry';
import { closeDialog } from '../state/ui-store';
import { settingsStrings } from '../strings/settings';
import { useHost } from '../transport/use-host';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { AccountSettings } from './account-settings';
import { filterSettings } from './filter-settings';
import { KeySettings } from './key-settings';
import { preferenceSpecs } from './preference-specs';
import { RemoteSenders } from './remote-senders';
import { ResetGroup } from './reset-group';
import { Setting, type SettingSpec } from './setting';
import styles from './settings-dialog.module.css';
import { SettingsDocument } from './settings-document';
import { saveSettings, useSettings } from './use-settings';

const GROUPS: readonly SettingSpec['group'][] = [
  'appearance',
  'reading',
  'writing',
  'keyboard',
  'privacy',
  'notifications',
  'accounts',
  'document',
];

/** All settings: searchable, grouped, applied at once, the last change can be taken back (APP-250). */
export function SettingsDialog({ find }: { readonly find: string }) {
  const settings = useSettings();
  const desktop = useHost((state) => state.info?.hostKind === 'electron');
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const [text, setText] = useState(find);
  const [before, setBefore] = useState<Partial<Settings> | null>(null);

  const save = (patch: Partial<Settings>) => {
    setBefore(Object.fromEntries(Object.keys(patch).map((key) => [key, settings[key]])));
    void saveSettings(patch);
  };
  const undo = () => {
    if (before) void saveSettings(before);
    setBefore(null);
  };

  const specs: readonly SettingSpec[] = [
    ...preferenceSpecs(settings, save, desktop),
    {
      id: 'keyBindings',
      group: 'keyboard',
      label: settingsStrings.keyBindings.label,
      text: settingsStrings.keyBindings.text,
      also: Object.values(commandTitles).join(' '),
      wide: true,
      control: <KeySettings settings={settings} save={save} />,
    },
    {
      id: 'remote',
      group: 'privacy',
      label: settingsStrings.remote.label,
      text: settingsStrings.remote.text,
      wide: true,
      control: <RemoteSenders />,
    },
    {
      id: 'accounts',
      group: 'accounts',
      label: settingsStrings.accounts.label,
      text: settingsStrings.accounts.text,
      also: accounts.map(({ name, email }) => `${name} ${email}`).join(' '),
      wide: true,
      control: (
        <>
          {accounts.map((account, index) => (
            <AccountSettings
              key={account.id}
              account={account}
              previous={accounts[index - 1]}
              next={accounts[index + 1]}
            />
          ))}
          <Button onPress={() => runCommand('account.add')}>{settingsStrings.accounts.add}</Button>
        </>
      ),
    },
    {
      id: 'document',
      group: 'document',
      label: settingsStrings.document.label,
      text: settingsStrings.document.text,
      wide: true,
      control: <SettingsDocument settings={settings} save={save} />,
    },
  ];
  const found = filterSettings(specs, text);
  return (
    <Dialog
      title={settingsStrings.title}
      size={800}
      onClose={closeDialog}
      actions={
        before ? (
          <Button variant="quiet" onPress={undo}>
            {settingsStrings.undo}
          </Button>
        ) : undefined
      }
    >
      <SearchField
        aria-label={settingsStrings.search}
        value={text}
        onChange={setText}
        autoFocus
        className={styles.search ?? ''}
      >
        <Input placeholder={settingsStrings.search} />
      </SearchField>
      <div className={styles.groups}>
        {GROUPS.map((group) => {
          const inside = found.filter((spec) => spec.group === group);
          return inside.length === 0 ? null : (
            <section key={group} aria-labelledby={`settings-${group}`} className={styles.group}>
              <div className={styles.head}>
                <h3 id={`settings-${group}`} className={styles.title}>
                  {settingsStrings.groups[group]}
                </h3>
                <ResetGroup group={group} settings={settings} save={save} />
              </div>
              {inside.map((spec) => (
                <Setting key={spec.id} spec={spec} />
              ))}
            </section>
          );
        })}
        {found.length === 0 ? <EmptyState title={settingsStrings.nothing(text)} /> : null}
      </div>
    </Dialog>
  );
}
