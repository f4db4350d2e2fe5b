import { expect, test } from 'vitest';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { COMMAND_IDS, KEY_PRESETS } from '../../shared/keyboard/key-map';
import { keysInForce } from '../../shared/keyboard/keys-in-force';
import { APPLE_FIELD_KEYS, FIELD_KEYS } from '../../shared/keyboard/own-keys';
import { COMMANDS } from './catalogue';

const CHOICES = KEY_PRESETS.flatMap((keyPreset) =>
  [false, true].map((apple) => ({
    apple,
    inForce: keysInForce({ keyPreset, keyBindings: {}, singleKeyShortcuts: true }, apple),
  })),
);
const bindings = CHOICES.flatMap(({ apple, inForce }) =>
  COMMANDS.flatMap((spec) => (inForce.get(spec.id) ?? []).map((keys) => ({ apple, keys, spec }))),
);

test('every title belongs to exactly one command', () => {
  expect(COMMANDS.map(({ id }) => id).sort()).toEqual(Object.keys(commandTitles).sort());
});

test('every command of the key map has a row, and every row its keys', () => {
  expect(COMMANDS.map(({ id }) => id).sort()).toEqual([...COMMAND_IDS].sort());
});

test('what works in fields too is never a bare character and never a key of the editor, in any preset', () => {
  const wrong = bindings.filter(
    ({ apple, keys, spec }) =>
      spec.where === 'anywhere' &&
      (keys.length === 1 || FIELD_KEYS.includes(keys) || (apple && APPLE_FIELD_KEYS.includes(keys))),
  );
  // Goes from pane to pane out of lists only; fields have it for themselves.
  expect(wrong.filter(({ keys }) => !/^(Shift\+)?Tab$/.test(keys))).toEqual([]);
});
