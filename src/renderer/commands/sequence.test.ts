import { expect, test } from 'vitest';
import { nextStep } from './sequence';

const archive = { id: 'archive', keys: ['e'] };
const inbox = { id: 'inbox', keys: ['g i'] };
const all = { id: 'all', keys: ['* a', 'Mod+a'] };
const bindings = [archive, inbox, all];

test.each([
  ['one key', [], 'e', { kind: 'run', binding: archive }],
  ['the first key of a sequence', [], 'g', { kind: 'wait', keys: ['g'] }],
  ['its second key', ['g'], 'i', { kind: 'run', binding: inbox }],
  ['another key begins anew', ['g'], 'e', { kind: 'run', binding: archive }],
  ['another sequence begins anew', ['g'], '*', { kind: 'wait', keys: ['*'] }],
  ['a key without meaning ends it', ['g'], 'q', { kind: 'none' }],
  ['either of two bindings', [], 'Mod+a', { kind: 'run', binding: all }],
])('UI-093 shortcuts: sequence: %s', (_name, waiting, key, expected) => {
  expect(nextStep(bindings, waiting, key)).toEqual(expected);
});
