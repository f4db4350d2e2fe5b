import type { MenuItemConstructorOptions } from 'electron';

/** What the menu asks of its surroundings. */
export interface MenuActions {
  /** Runs a command of the window's registry. */
  command(id: string): void;
  showWindow(): void;
  becomeDefaultMailApp(): void;
}

type Item = readonly [label: string, command: string, accelerator?: string];

/** Commands of the window by menu; ids are those of the renderer's catalogue. */
const MESSAGE: readonly (Item | 'separator')[] = [
  ['Reply', 'compose.reply', 'R'],
  ['Reply All', 'compose.replyAll', 'A'],
  ['Forward', 'compose.forward', 'F'],
  'separator',
  ['Archive', 'mail.archive', 'E'],
  ['Move…', 'mail.move', 'V'],
  ['Delete', 'mail.trash', 'Delete'],
  'separator',
  ['Mark as Read', 'mail.markRead'],
  ['Mark as Unread', 'mail.markUnread'],
  ['Star', 'mail.star', 'S'],
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
  ['New Message', 'compose.new', 'C'],
  'separator',
  ['Add Account…', 'account.add'],
  ['Sync Now', 'sync.now', 'F5'],
  ['Work Offline', 'sync.toggleOffline'],
];

/** The application menu, as data. DevTools and reload exist only where they are wanted (APP-375). */
export function menuTemplate(
  platform: NodeJS.Platform,
  devTools: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const items = (list: readonly (Item | 'separator')[]): MenuItemConstructorOptions[] =>
    list.map((item) => {
      if (item === 'separator') return { type: 'separator' };
      const [label, id, accelerator] = item;
      return {
        label,
        click: () => actions.command(id),
        // Shown only: the window handles its own keys, and a letter must not act while somebody types.
        ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
      };
    });
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    click: () => actions.command('settings.open'),
    accelerator: 'CommandOrControl+,',
    registerAccelerator: false,
  };
  const makeDefault: MenuItemConstructorOptions = {
    label: 'Make Homeport the Default Mail App',
    click: () => actions.becomeDefaultMailApp(),
  };
  const mac = platform === 'darwin';
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
          : [settings, makeDefault, { type: 'separator' } as const, { role: 'quit' } as const]),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        {
          label: 'Undo',
          click: () => actions.command('edit.undo'),
          accelerator: 'CommandOrControl+Z',
          registerAccelerator: false,
        },
        {
          label: 'Redo',
          click: () => actions.command('edit.redo'),
          accelerator: 'CommandOrControl+Shift+Z',
          registerAccelerator: false,
        },
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
        {
          label: 'Command Palette…',
          click: () => actions.command('palette.open'),
          accelerator: 'CommandOrControl+K',
          registerAccelerator: false,
        },
        { label: 'Sync Activity', click: () => actions.command('sync.panel') },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(devTools
          ? [{ type: 'separator' } as const, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]
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
      submenu: [{ label: 'Keyboard Shortcuts', click: () => actions.command('shortcuts.show') }],
    },
  ];
}
