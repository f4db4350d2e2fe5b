import type { MenuItemConstructorOptions } from 'electron';
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

type Item = readonly [label: string, command: CommandId];

/** Commands of the window by menu. */
const MESSAGE: readonly (Item | 'separator')[] = [
  ['Reply', 'compose.reply'],
  ['Reply All', 'compose.replyAll'],
  ['Forward', 'compose.forward'],
  'separator',
  ['Archive', 'mail.archive'],
  ['Move…', 'mail.move'],
  ['Delete', 'mail.trash'],
  'separator',
  ['Mark as Read', 'mail.markRead'],
  ['Mark as Unread', 'mail.markUnread'],
  ['Star', 'mail.star'],
  'separator',
  ['Junk', 'mail.junk'],
  ['Not Junk', 'mail.notJunk'],
];
const GO: readonly (Item | 'separator')[] = [
  ['Inbox', 'go.inbox'],
  ['Unread', 'go.unread'],
  ['Starred', 'go.starred'],
  ['Sent', 'go.sent'],
  ['Drafts', 'go.drafts'],
  ['All Mail', 'go.all'],
];
const FILE: readonly (Item | 'separator')[] = [
  ['New Message', 'compose.new'],
  'separator',
  ['Add Account…', 'account.add'],
  ['Sync Now', 'sync.now'],
  ['Work Offline', 'sync.toggleOffline'],
];
const EDIT: readonly Item[] = [
  ['Undo', 'edit.undo'],
  ['Redo', 'edit.redo'],
];
const SETTINGS: Item = ['Settings…', 'settings.open'];

/** The application menu, as data, with the keys in force. DevTools and reload exist only where they are wanted (APP-375). */
export function menuTemplate(
  platform: NodeJS.Platform,
  devTools: boolean,
  actions: MenuActions,
  choice: KeyChoice,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const inForce = keysInForce(choice, mac);
  const item = ([label, id]: Item): MenuItemConstructorOptions => {
    // A chord acts wherever one is, a single key in the mail only: the menu says the former where there is one.
    const accelerator = (inForce.get(id) ?? [])
      .toSorted((a, b) => Number(beginsWithCharacter(a)) - Number(beginsWithCharacter(b)))
      .flatMap((keys) => acceleratorOf(keys, mac) ?? [])[0];
    return {
      id,
      label,
      click: () => actions.command(id),
      // Shown only: the window handles its own keys, and a letter must not act while somebody types.
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    };
  };
  const items = (list: readonly (Item | 'separator')[]): MenuItemConstructorOptions[] =>
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
        item(['Command Palette…', 'palette.open']),
        item(['Sync Activity', 'sync.panel']),
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
      submenu: [item(['Keyboard Shortcuts', 'shortcuts.show'])],
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
