import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { type CommandId, KEY_PRESETS } from '../../shared/keyboard/key-map';
import { type KeyChoice, keysInForce } from '../../shared/keyboard/keys-in-force';
import { menuTemplate } from './menu-template';

const done: string[] = [];
const actions = {
  command: (id: string) => void done.push(id),
  showWindow: () => undefined,
  quit: () => void done.push('quit'),
  reload: () => undefined,
  becomeDefaultMailApp: () => undefined,
};
const menu = (platform: NodeJS.Platform, choice: Partial<KeyChoice>, devTools = true) => {
  const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
  return flat(
    menuTemplate(platform, devTools, actions, {
      keyPreset: 'gmail',
      keyBindings: {},
      singleKeyShortcuts: true,
      ...choice,
    }),
  );
};
const shown = (platform: NodeJS.Platform, choice: Partial<KeyChoice>) =>
  Object.fromEntries(
    menu(platform, choice).flatMap(({ id, accelerator }) => (id && accelerator ? [[id, accelerator]] : [])),
  );

test('the menu shows the keys in force of every preset, as Electron writes them', () => {
  expect(shown('linux', {})).toEqual({
    'compose.new': 'C',
    'sync.now': 'F5',
    'settings.open': 'CommandOrControl+,',
    'edit.undo': 'CommandOrControl+Z',
    'edit.redo': 'CommandOrControl+Shift+Z',
    'palette.open': 'CommandOrControl+K',
    'compose.reply': 'R',
    'compose.replyAll': 'A',
    'compose.forward': 'F',
    'mail.archive': 'E',
    'mail.move': 'V',
    'mail.trash': 'Delete',
    'mail.markRead': 'Shift+I',
    'mail.markUnread': 'Shift+U',
    'mail.star': 'S',
    'mail.junk': '!',
    'shortcuts.show': '?',
  });
  expect(shown('linux', { keyPreset: 'outlook' })).toMatchObject({
    'palette.open': 'Alt+Q',
    'compose.new': 'CommandOrControl+N',
    'mail.archive': 'Backspace',
    'mail.markRead': 'CommandOrControl+Q',
    'go.inbox': 'CommandOrControl+1',
  });
  expect(shown('darwin', { keyPreset: 'apple' })).toMatchObject({
    'mail.archive': 'CommandOrControl+Control+A',
    'compose.reply': 'CommandOrControl+R',
  });
  // There the menu would act while somebody types.
  expect(shown('darwin', {})).not.toHaveProperty('mail.archive');
  expect(shown('linux', { singleKeyShortcuts: false })).not.toHaveProperty('mail.archive');
  expect(shown('linux', { keyBindings: { 'mail.star': ['e'], 'go.inbox': ['F3'] } })).toMatchObject({
    'mail.star': 'E',
    'go.inbox': 'F3',
  });
  expect(shown('linux', { keyBindings: { 'mail.star': ['e'] } })).not.toHaveProperty('mail.archive');
  // A name that Electron does not know would cost the whole menu.
  expect(shown('linux', { keyBindings: { 'mail.star': ['é'], 'mail.move': ['+'] } })).not.toHaveProperty(
    'mail.star',
  );
});

/** What Electron gives its roles by itself, in the words of the key map. */
const ROLE_KEYS: Readonly<Record<string, string>> = {
  quit: 'Mod+q',
  close: 'Mod+w',
  minimize: 'Mod+m',
  reload: 'Mod+r',
  cut: 'Mod+x',
  copy: 'Mod+c',
  paste: 'Mod+v',
  selectAll: 'Mod+a',
  resetZoom: 'Mod+0',
  zoomIn: 'Mod++',
  zoomOut: 'Mod+-',
  hide: 'Mod+h',
  toggleDevTools: 'Mod+Shift+i',
  togglefullscreen: 'F11',
};

test('no item of the menu has a key of its own that the window means otherwise', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const)
    for (const keyPreset of KEY_PRESETS) {
      const choice = { keyPreset, keyBindings: {}, singleKeyShortcuts: true };
      const bound = [...keysInForce(choice, platform === 'darwin').values()].flat();
      const own = menu(platform, { keyPreset }).flatMap(({ role }) => ROLE_KEYS[role ?? ''] ?? []);
      // The same in both: select all, of the list in the window, of the text elsewhere; and to close the window.
      expect(
        own.filter((keys) => !['Mod+a', 'Mod+w'].includes(keys) && bound.includes(keys)),
        `${platform} ${keyPreset}`,
      ).toEqual([]);
      for (const { accelerator, registerAccelerator } of menu(platform, { keyPreset }))
        if (accelerator !== undefined) expect(registerAccelerator).toBe(false);
    }
  const quit = menu('linux', { keyPreset: 'outlook' }).find(({ label }) => label === 'Quit');
  (quit?.click as (() => void) | undefined)?.();
  expect([quit?.accelerator, done.pop()]).toEqual([undefined, 'quit']);
});

test('reload and DevTools are in no menu of a packaged build', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const roles = JSON.stringify(menu(platform, {}, false));
    expect(roles).not.toMatch(/reload|toggleDevTools|forceReload/i);
    expect(JSON.stringify(menu(platform, {}))).toContain('toggleDevTools');
  }
});

test('UI-094 the menu of the desktop has the commands of the catalogue, by its words', () => {
  const items = menu('linux', {}).flatMap(({ id, label }) => (id === undefined ? [] : [[id, label]]));
  expect(items.length).toBeGreaterThan(20);
  expect(items).toEqual(items.map(([id]) => [id, commandTitles[id as CommandId]]));
});
