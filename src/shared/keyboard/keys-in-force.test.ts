import { expect, test } from 'vitest';
import { type CommandId, KEY_PRESETS, type KeyPreset } from './key-map';
import { clash, type KeyChoice, keysInForce, losers, presetOn, rebind } from './keys-in-force';
import { canBind } from './own-keys';

const choice = (more: Partial<KeyChoice> = {}): KeyChoice => ({
  keyPreset: 'gmail',
  keyBindings: {},
  singleKeyShortcuts: true,
  ...more,
});
const keysOf = (id: CommandId, more: Partial<KeyChoice> = {}, apple = false) =>
  keysInForce(choice(more), apple).get(id);

/** ui.md section 7 line by line, for the commands that exist: default, Outlook, Apple. */
const TABLE: readonly (readonly [CommandId, string, string, string])[] = [
  ['palette.open', 'Mod+k', 'Alt+q', 'Mod+k'],
  ['search.focus', '/', 'Mod+e', 'Mod+Alt+f'],
  ['compose.new', 'c', 'Mod+n', 'Mod+n'],
  ['list.next', 'j', '', ''],
  ['list.previous', 'k', '', ''],
  ['message.next', 'n', '', ''],
  ['message.previous', 'p', '', ''],
  ['list.open', 'o', '', ''],
  ['list.back', 'u', '', ''],
  ['list.toggle', 'x', '', ''],
  ['list.extendNext', 'J', '', ''],
  ['list.extendPrevious', 'K', '', ''],
  ['list.selectAll', '* a, Mod+a', 'Mod+a', 'Mod+a'],
  ['list.selectNone', '* n', '', ''],
  ['mail.archive', 'e', 'Backspace', 'Mod+Ctrl+a'],
  ['mail.archivePrevious', '[', '', ''],
  ['mail.archiveNext', ']', '', ''],
  ['mail.trash', '#, Delete', 'Delete', 'Delete'],
  ['mail.junk', '!', '', 'Mod+Shift+j'],
  ['mail.star', 's', 'Insert', 'Mod+Shift+l'],
  ['mail.snooze', 'b, h', '', ''],
  ['mail.move', 'v', 'Mod+Shift+v', ''],
  ['mail.label', 'l', '', ''],
  ['mail.markRead', 'I', 'Ctrl+q', ''],
  ['mail.markUnread', 'U', 'Mod+u', ''],
  ['mail.toggleRead', '', '', 'Mod+Shift+u'],
  ['compose.reply', 'r', 'Mod+r', 'Mod+r'],
  ['compose.replyAll', 'a', 'Mod+Shift+r', 'Mod+Shift+r'],
  ['compose.forward', 'f', 'Mod+f', 'Mod+Shift+f'],
  ['compose.send', 'Mod+Enter', 'Mod+Enter', 'Mod+Shift+d'],
  ['compose.sendLater', 'Mod+Shift+l', '', ''],
  ['compose.discard', 'Mod+Shift+d', '', ''],
  ['edit.undo', 'z, Mod+z', 'Mod+z', 'Mod+z'],
  ['edit.redo', 'Mod+Shift+z', 'Mod+y', ''],
  ['message.unsubscribe', 'Mod+u', '', ''],
  ['message.expandAll', ';', '', ''],
  ['message.collapseAll', ':', '', ''],
  ['message.showPictures', 'i', '', ''],
  ['message.toggleDark', 'D', '', ''],
  ['go.inbox', 'g i', 'Mod+1', 'Mod+1'],
  ['go.starred', 'g s', 'Mod+2', 'Mod+2'],
  ['go.sent', 'g t', 'Mod+3', 'Mod+3'],
  ['go.drafts', 'g d', 'Mod+4', 'Mod+4'],
  ['go.all', 'g a', 'Mod+5', 'Mod+5'],
  ['go.label', 'g l', 'Mod+6', 'Mod+6'],
  ['go.outbox', 'g o', 'Mod+7', 'Mod+7'],
  ['view.nextPane', 'F6', 'F6', 'Tab'],
  ['view.previousPane', 'Shift+F6', '', ''],
  ['go.account1', 'Mod+1', '', ''],
  ['go.account9', 'Mod+9', '', ''],
  ['sync.now', 'F5', 'F9', 'Mod+Shift+n'],
  ['view.toasts', 'F8', '', ''],
  ['shortcuts.show', '?', '', ''],
];

test('UI-093 shortcuts: the presets have the keys of the map', () => {
  const apple = { gmail: false, outlook: false, apple: true };
  for (const [at, keyPreset] of KEY_PRESETS.entries()) {
    for (const [id, ...columns] of TABLE) {
      const wanted = (columns[at] ?? '')
        .split(', ')
        .filter(Boolean)
        .map((keys) =>
          // Control is Mod already where there is no Cmd.
          apple[keyPreset] ? keys : keys.replace(/^Ctrl/, 'Mod'),
        );
      expect(keysOf(id, { keyPreset }, apple[keyPreset]), `${keyPreset} ${id}`).toEqual(
        expect.arrayContaining(wanted),
      );
    }
  }
  expect(keysOf('mail.archive', { keyPreset: 'apple' })).toEqual(['Mod+Alt+a']);
  expect(keysOf('palette.open', { keyPreset: 'outlook' }, true)).toEqual(['Mod+k']);
  // What types a character belongs to the default preset alone, but for the sheet.
  for (const keyPreset of ['outlook', 'apple'] as const)
    for (const [id, keys] of keysInForce(choice({ keyPreset }), false))
      for (const each of keys)
        expect(id === 'shortcuts.show' || [...each].length > 1, `${id} ${each}`).toBe(true);
});

test.each(KEY_PRESETS.flatMap((preset) => [[preset, false] as const, [preset, true] as const]))(
  'no two commands of %s (Apple keyboard: %s) share a key, and none begins another',
  (keyPreset: KeyPreset, apple) => {
    const preset = presetOn(keyPreset, apple);
    const all = [...preset].flatMap(([id, keys]) => keys.map((each) => ({ id, keys: each })));
    expect(all.length).toBeGreaterThan(25);
    const clashes = all.flatMap((one, at) =>
      all
        .slice(at + 1)
        .filter((other) => clash(one.keys, other.keys))
        .map((other) => [one, other]),
    );
    expect(clashes).toEqual([]);
    expect(keysInForce(choice({ keyPreset }), apple)).toEqual(preset);
  },
);

test('UI-093 shortcuts: own keys stand in the place of the preset’s, under every preset, and take what they need from others', () => {
  const keyBindings = { 'mail.star': ['e', 'F2'], 'mail.snooze': [] };
  expect(keysOf('mail.star', { keyBindings })).toEqual(['e', 'F2']);
  expect(keysOf('mail.snooze', { keyBindings })).toEqual([]);
  expect(keysOf('mail.archive', { keyBindings })).toEqual([]);
  expect(keysOf('mail.star', { keyBindings, keyPreset: 'outlook' })).toEqual(['e', 'F2']);
  expect(keysOf('mail.archive', { keyBindings, keyPreset: 'outlook' })).toEqual(['Backspace']);
  // A single key that begins sequences takes them all.
  const g = { 'mail.star': ['g'] };
  expect(keysOf('go.inbox', { keyBindings: g })).toEqual([]);
  // Pasted settings may say nonsense; still no key means two things.
  const both = { 'mail.archive': ['q'], 'mail.star': ['q', 'w'] };
  expect([keysOf('mail.archive', { keyBindings: both }), keysOf('mail.star', { keyBindings: both })]).toEqual(
    [['q'], ['w']],
  );
  expect(keysOf('mail.archive', { keyBindings: { 'no.such.command': ['e'] } })).toEqual(['e']);
});

test('UI-093 shortcuts: a key is asked for before it is taken, and taken it is gone everywhere else', () => {
  const inForce = keysInForce(choice(), false);
  expect(losers(inForce, 'mail.star', 'e')).toEqual(['mail.archive']);
  expect(losers(inForce, 'mail.star', 's')).toEqual([]);
  expect(losers(inForce, 'mail.star', 'w')).toEqual([
    'list.filterUnread',
    'list.filterStarred',
    'list.filterAttachments',
    'list.filterNone',
  ]);
  expect(losers(inForce, 'mail.star', 'e e')).toEqual(['mail.archive']);
  expect(rebind({ 'mail.junk': ['q', 'F2'], 'mail.star': ['s'] }, 'mail.archive', ['q', 'e'])).toEqual({
    'mail.junk': ['F2'],
    'mail.star': ['s'],
    'mail.archive': ['q', 'e'],
  });
});

test('UI-093 shortcuts: without single keys nothing that types a character acts, and everything else does', () => {
  const off = { singleKeyShortcuts: false };
  expect(keysOf('mail.archive', off)).toEqual([]);
  expect(keysOf('go.inbox', off)).toEqual([]);
  expect(keysOf('mail.trash', off)).toEqual(['Delete']);
  expect(keysOf('list.selectAll', off)).toEqual(['Mod+a']);
  expect(keysOf('mail.star', { ...off, keyBindings: { 'mail.star': ['q', 'F2'] } })).toEqual(['F2']);
});

test('UI-093 shortcuts: what lists, fields and dialogs need cannot be given away', () => {
  for (const keys of [
    'Enter',
    'Escape',
    'Tab',
    'Shift+Tab',
    'ArrowDown',
    'Shift+ArrowUp',
    'Space',
    'Mod+c',
    'g Enter',
    'Mod+Home',
  ])
    expect(canBind(keys), keys).toBe(false);
  for (const keys of ['q', 'Q', 'F2', 'Delete', 'Backspace', 'Mod+Enter', 'Mod+Shift+x', 'Alt+q', 'g x', '+'])
    expect(canBind(keys), keys).toBe(true);
});
