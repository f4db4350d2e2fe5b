import type { MenuItemConstructorOptions } from 'electron';
import { commandTitles } from '../../shared/keyboard/command-titles';
import { beginsWithCharacter, type CommandId } from '../../shared/keyboard/key-map';
import { type KeyChoice, keysInForce } from '../../shared/keyboard/keys-in-force';

/** What the menu asks of its surroundings. */
export interface MenuActions {
  /** Runs a command of the window's registry. */
  command(id: CommandId): void;
  showWindow(): void;
  quit(): void;
  reload(): void;
  becomeDefaultMailApp(): void;
}

/** Commands of the window by menu. */
const MESSAGE: readonly (CommandId | 'separator')[] = [
  'compose.reply',
  'compose.replyAll',
  'compose.forward',
  'separator',
  'mail.archive',
  'mail.move',
  'mail.trash',
  'separator',
  'mail.markRead',
  'mail.markUnread',
  'mail.star',
  'separator',
  'mail.junk',
  'mail.notJunk',
];
const GO: readonly (CommandId | 'separator')[] = [
  'go.inbox',
  'go.unread',
  'go.starred',
  'go.sent',
  'go.drafts',
  'go.all',
];
const FILE: readonly (CommandId | 'separator')[] = [
  'compose.new',
  'separator',
  'account.add',
  'sync.now',
  'sync.toggleOffline',
];
const EDIT: readonly CommandId[] = ['edit.undo', 'edit.redo'];
const SETTINGS: CommandId = 'settings.open';

/** The application menu, as data, with the keys in force. DevTools and reload exist only where they are wanted (APP-375). */
export function menuTemplate(
  platform: NodeJS.Platform,
  devTools: boolean,
  actions: MenuActions,
  choice: KeyChoice,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const inForce = keysInForce(choice, mac);
  const item = (id: CommandId): MenuItemConstructorOptions => {
    // A chord acts wherever one is, a single key in the mail only: the menu says the former where there is one.
    const accelerator = (inForce.get(id) ?? [])
      .toSorted((a, b) => Number(beginsWithCharacter(a)) - Number(beginsWithCharacter(b)))
      .flatMap((keys) => acceleratorOf(keys, mac) ?? [])[0];
    return {
      id,
      label: commandTitles[id],
      click: () => actions.command(id),
      // Shown only: the window handles its own keys, and a letter must not act while somebody types.
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    };
  };
  const items = (list: readonly (CommandId | 'separator')[]): MenuItemConstructorOptions[] =>
    list.map((each) => (each === 'separator' ? { type: 'separator' } : item(each)));
  /** A role whose own key is given to a command goes without: a key must not mean two things. */
  const role = (
    name: 'quit' | 'reload',
    keys: string,
    label: string,
    run: () => void,
  ): MenuItemConstructorOptions =>
    [...inForce.values()].flat().includes(keys) ? { label, click: run } : { role: name };
  const settings = item(SETTINGS);
  const makeDefault: MenuItemConstructorOptions = {
    label: 'Make Homeport the Default Mail App',
    click: () => actions.becomeDefaultMailApp(),
  };
  const application: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      makeDefault,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  return [
    ...(mac ? [application] : []),
    {
      label: 'File',
      submenu: [
        ...items(FILE),
        { type: 'separator' },
        ...(mac
          ? [{ role: 'close' } as const]
          : [
              settings,
              makeDefault,
              { type: 'separator' } as const,
              role('quit', 'Mod+q', 'Quit', actions.quit),
            ]),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        ...items(EDIT),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        item('palette.open'),
        item('sync.panel'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(devTools
          ? [
              { type: 'separator' } as const,
              role('reload', 'Mod+r', 'Reload', actions.reload),
              { role: 'toggleDevTools' } as const,
            ]
          : []),
      ],
    },
    { label: 'Go', submenu: items(GO) },
    { label: 'Message', submenu: items(MESSAGE) },
    {
      role: 'windowMenu',
      submenu: [{ label: 'Homeport', click: () => actions.showWindow() }, { role: 'minimize' }],
    },
    {
      role: 'help',
      submenu: [item('shortcuts.show')],
    },
  ];
}

const ACCELERATOR_PARTS: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  Ctrl: 'Control',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/**
 * Keys as Electron writes them; null for what it cannot show: one key after the other, and on a Mac, where the menu
 * would take it even from somebody who types, whatever types a character.
 */
function acceleratorOf(keys: string, mac: boolean): string | null {
  if (keys.includes(' ') || (mac && beginsWithCharacter(keys))) return null;
  const parts = keys.split(/\+(?=.)/).map((part) => ACCELERATOR_PARTS[part] ?? part);
  const last = parts.pop() ?? '';
  // Only what ASCII has; Electron refuses a menu with any other name.
  if (!/^[\x21-\x7e]+$/.test(last) || last === '+') return null;
  const shift = /^[A-Z]$/.test(last) ? ['Shift'] : [];
  return [...parts, ...shift, last.length === 1 ? last.toUpperCase() : last].join('+');
}
