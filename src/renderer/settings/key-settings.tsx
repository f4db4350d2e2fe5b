import { useMemo, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import type { Settings } from '../../shared/contract/settings';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { keysInForce, losers, rebind } from '../../shared/keyboard/keys-in-force';
import { COMMANDS, type CommandGroup, type CommandId, type CommandSpec } from '../commands/catalogue';
import { isApple, readableKeys } from '../commands/shortcut-label';
import { commandGroupTitles } from '../strings/commands';
import { settingsStrings } from '../strings/settings';
import { useHost } from '../transport/use-host';
import { Disclosure } from '../ui/disclosure';
import { filterSettings } from './filter-settings';
import { KeyRow } from './key-row';
import styles from './key-settings.module.css';
import type { Save } from './preference-specs';

const words = settingsStrings.keyBindings;
const GROUPS = Object.keys(commandGroupTitles) as CommandGroup[];

interface KeySettingsProps {
  readonly settings: Settings;
  readonly save: Save;
}

/** Every command with its keys: others can be given, with a warning when they belong to another command (APP-252). */
export function KeySettings({ settings, save }: KeySettingsProps) {
  const { keyPreset, keyBindings } = settings;
  const inBrowser = useHost((state) => state.info?.hostKind === 'headless');
  const [text, setText] = useState('');
  const [adding, setAdding] = useState<CommandId | null>(null);
  // Single keys too while they are switched off: they are there again when they are switched on.
  const inForce = useMemo(
    () => keysInForce({ keyPreset, keyBindings, singleKeyShortcuts: true }, isApple),
    [keyPreset, keyBindings],
  );
  const shown = filterSettings(
    COMMANDS.map((spec) => {
      const keys = inForce.get(spec.id) ?? [];
      return {
        spec,
        keys,
        label: spec.title,
        text: keys.map((each) => readableKeys(each, isApple)).join(' '),
      };
    }),
    text,
  );
  const give = (id: CommandId, keys: readonly string[]) =>
    save({ keyBindings: asStored(rebind(keyBindings, id, keys)) });
  const giveBack = (id: CommandId) => {
    const { [id]: _own, ...rest } = keyBindings;
    save({ keyBindings: rest });
  };

  const row = ({ spec, keys }: { readonly spec: CommandSpec; readonly keys: readonly string[] }) => (
    <KeyRow
      key={spec.id}
      command={spec}
      keys={keys}
      isOwn={Object.hasOwn(keyBindings, spec.id)}
      isAdding={adding === spec.id}
      onAdding={(on) => setAdding(on ? spec.id : null)}
      onGive={(next) => give(spec.id, next)}
      onReset={() => giveBack(spec.id)}
      losers={(next) => losers(inForce, spec.id, next).map((id) => commandTitles[id])}
    />
  );
  const groups = GROUPS.map((group) => ({ group, rows: shown.filter(({ spec }) => spec.group === group) }));
  return (
    <div className={styles.keys}>
      {inBrowser && <p className={styles.note}>{words.inBrowser}</p>}
      <SearchField aria-label={words.filter} value={text} onChange={setText} className={styles.filter ?? ''}>
        <Input placeholder={words.filter} />
      </SearchField>
      {groups.map(({ group, rows }) => {
        if (rows.length === 0) return null;
        const changed = rows.filter(({ spec }) => Object.hasOwn(keyBindings, spec.id)).length;
        return (
          <Disclosure
            key={`${group}${text === ''}`}
            label={commandGroupTitles[group]}
            detail={changed > 0 ? words.changed(changed) : undefined}
            startsOpen={text !== ''}
          >
            {rows.map(row)}
          </Disclosure>
        );
      })}
      {shown.length === 0 ? <p className={styles.note}>{words.nothing(text)}</p> : null}
    </div>
  );
}

function asStored(bindings: Readonly<Record<string, readonly string[]>>): Settings['keyBindings'] {
  return Object.fromEntries(Object.entries(bindings).map(([id, keys]) => [id, [...keys]]));
}
