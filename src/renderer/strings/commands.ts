import { count } from './plural';

/** Headings of the shortcut sheet and the palette. */
export const commandGroupTitles = {
  go: 'Go to',
  list: 'List',
  message: 'Conversation',
  mail: 'Act on mail',
  compose: 'Write',
  edit: 'Undo',
  window: 'Window',
};

export const commandStrings = {
  paletteTitle: 'Command palette',
  paletteField: 'Command, folder, person or setting',
  palettePlaceholder: 'Type a command, a folder, a name or a setting',
  paletteNothing: 'Nothing matches',
  found: (n: number) => count(n, { one: 'result', other: 'results' }),
  recent: 'Recent',
  folders: 'Folders',
  people: 'People',
  settings: 'Settings',
  commands: 'Commands',
  sheetTitle: 'Keyboard shortcuts',
  sheetSingleKeysOff: 'Shortcuts of a single key are switched off.',
  sheetSingleKeysHint: 'Single keys work while the list or the reading pane has the focus.',
  turnOn: 'Turn on',
  waitingKey: (key: string) => `${key} …`,
};
