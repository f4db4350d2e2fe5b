import { number } from './plural';

/** Words of the organising actions. `rows` are conversations or messages, as the list shows them. */
export const actionStrings = {
  done: {
    archive: (rows: number) => `${number(rows)} archived`,
    trash: (rows: number) => `${number(rows)} moved to Trash`,
    junk: (rows: number) => `${number(rows)} moved to Junk`,
    'not-junk': (rows: number) => `${number(rows)} moved to the inbox`,
    delete: (rows: number) => `${number(rows)} deleted for ever`,
    star: (rows: number) => `${number(rows)} starred`,
    unstar: (rows: number) => `${number(rows)} unstarred`,
    read: (rows: number) => `${number(rows)} marked as read`,
    unread: (rows: number) => `${number(rows)} marked as unread`,
    move: (rows: number, folder: string) => `${number(rows)} moved to ${folder}`,
  },
  failed: {
    archive: 'Not archived',
    trash: 'Not moved to Trash',
    junk: 'Not moved to Junk',
    'not-junk': 'Not moved to the inbox',
    delete: 'Not deleted',
    star: 'Not starred',
    unstar: 'Not unstarred',
    read: 'Not marked as read',
    unread: 'Not marked as unread',
    move: 'Not moved',
  },
  doing: {
    archive: 'Archiving',
    trash: 'Moving to Trash',
    junk: 'Moving to Junk',
    'not-junk': 'Moving to the inbox',
    delete: 'Deleting for ever',
    star: 'Starring',
    unstar: 'Removing stars',
    read: 'Marking as read',
    unread: 'Marking as unread',
    move: 'Moving',
  },

  deleteTitle: (rows: number) => `Delete ${number(rows)} for ever?`,
  deleteText: 'They are removed from this computer and from the server. This cannot be undone.',
  deleteButton: (rows: number) => `Delete ${number(rows)} for ever`,
  cancel: 'Cancel',

  moveTitle: 'Move to folder',
  moveField: 'Folder',
  movePlaceholder: 'Type the name of a folder',
  moveNone: 'No folder matches',
  moveList: 'Folders',

  saved: (messages: number) => `${number(messages)} saved`,
  notSaved: 'Not saved',
};
