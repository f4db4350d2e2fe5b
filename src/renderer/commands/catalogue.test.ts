import { expect, test } from 'vitest';
import { commandTitles } from '../strings/commands';
import { COMMANDS } from './catalogue';

const bindings = COMMANDS.flatMap((spec) => spec.keys.map((keys) => ({ keys, spec })));

test('every title belongs to exactly one command', () => {
  expect(COMMANDS.map(({ id }) => id).sort()).toEqual(Object.keys(commandTitles).sort());
});

test('no two commands share a binding and none begins another', () => {
  const clashes = bindings.flatMap((one) =>
    bindings
      .filter((other) => other !== one)
      .filter(({ keys }) => keys === one.keys || keys.startsWith(`${one.keys} `))
      .map((other) => `${one.spec.id} ${one.keys} / ${other.spec.id} ${other.keys}`),
  );
  expect(clashes).toEqual([]);
});

test('what works in fields too is never a bare character and never a key of the editor', () => {
  const editing = ['Mod+a', 'Mod+c', 'Mod+v', 'Mod+x', 'Mod+z', 'Mod+y', 'Mod+Shift+z', 'Delete', 'Enter'];
  const wrong = bindings.filter(
    ({ keys, spec }) => spec.where === 'anywhere' && (keys.length === 1 || editing.includes(keys)),
  );
  expect(wrong).toEqual([]);
});
