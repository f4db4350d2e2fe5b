import { useCallback, useEffect } from 'react';
import { create } from 'zustand';
import { type KeyChoice, type KeysInForce, keysInForce } from '../../shared/keyboard/keys-in-force';
import { WIDGET_KEYS } from '../../shared/keyboard/own-keys';
import { COMMANDS, type CommandId, type CommandSpec } from './catalogue';
import { isApple, readableKeys } from './shortcut-label';

interface KeyBindings {
  readonly inForce: KeysInForce;
  /** The catalogue with the keys in force in the place of the default ones. */
  readonly commands: readonly CommandSpec[];
}

/** Which keys run which command now: preset, a person's own keys, single keys on or off (APP-252). */
export const useKeyBindings = create<KeyBindings>()(() =>
  bind({ keyPreset: 'gmail', keyBindings: {}, singleKeyShortcuts: true }),
);

function bind(choice: KeyChoice): KeyBindings {
  const inForce = keysInForce(choice, isApple);
  return { inForce, commands: COMMANDS.map((spec) => ({ ...spec, keys: inForce.get(spec.id) ?? [] })) };
}

/** Puts the chosen keys into force; used once, by the window. */
export function useChosenKeys({ keyPreset, keyBindings, singleKeyShortcuts }: KeyChoice): void {
  useEffect(
    () => useKeyBindings.setState(bind({ keyPreset, keyBindings, singleKeyShortcuts })),
    [keyPreset, keyBindings, singleKeyShortcuts],
  );
}

/** Answers the first key of a command for menus and tooltips, as people read it; undefined when it has none. */
export function useShortcutOf(): (id: CommandId) => string | undefined {
  const { inForce } = useKeyBindings();
  return useCallback(
    (id) => {
      const first = inForce.get(id)?.[0] ?? WIDGET_KEYS[id];
      return first === undefined ? undefined : readableKeys(first, isApple);
    },
    [inForce],
  );
}
