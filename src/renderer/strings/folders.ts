import type { FolderNameFlaw } from '../../shared/folder-name';
import { plural } from '../../shared/plural';
import { count, number } from './plural';

const messages = { one: 'message', other: 'messages' };
const folders = { one: 'folder', other: 'folders' };

/** Words of what is done to folders themselves. */
export const folderStrings = {
  keep: {
    title: (name: string) => `What of “${name}” is kept on this computer`,
    what: 'Keep',
    policies: {
      everything: 'Everything',
      text: 'Text without large attachments',
      headers: 'Only who, when and about what',
      off: 'Nothing, do not sync this folder',
    },
    about: {
      everything: 'Messages are here to read offline; attachments are loaded when they are opened.',
      text: 'Texts are here to read offline; the rest is loaded when it is opened.',
      headers: 'Messages are loaded when they are opened.',
      off: 'New mail in it is not looked for. What is here already stays.',
    },
    age: 'How far back',
    anyAge: 'All messages',
    days: (days: number) =>
      days >= 365
        ? count(Math.round(days / 365), { one: 'year', other: 'years' })
        : count(days, { one: 'day', other: 'days' }),
    aboutAge: 'Older messages are listed, and loaded when they are opened.',
    failed: 'Not changed',
    close: 'Close',
  },
  useAs: 'Use as',
  roles: { archive: 'Archive', sent: 'Sent', drafts: 'Drafts', junk: 'Junk', trash: 'Trash' },

  name: 'Name',
  createTitle: 'New folder',
  createIn: (where: string) => `It goes into ${where}.`,
  createButton: 'Create',
  renameTitle: (name: string) => `Rename “${name}”`,
  renameButton: 'Rename',
  moveTitle: (name: string) => `Move “${name}” to`,
  top: 'Top level',
  cancel: 'Cancel',
  flaws: {
    empty: 'A folder needs a name.',
    'too-long': 'This name is too long.',
    control: 'This name contains characters that cannot be seen.',
    delimiter: 'This name contains the character that stands between folders at this server.',
    wildcard: 'A name cannot contain % or *.',
    dots: 'A name of dots alone cannot be used.',
  } satisfies Record<FolderNameFlaw, string>,

  deleteTitle: (name: string, inside: number) =>
    inside === 0 ? `Delete “${name}”?` : `Delete “${name}” and the ${count(inside, folders)} in it?`,
  deleteButton: (inside: number, mail: number) => {
    const what = inside === 0 ? 'folder' : count(inside + 1, folders);
    return mail === 0
      ? `Delete ${what}`
      : `Delete ${what} and ${inside === 0 ? 'its' : 'their'} ${count(mail, messages)}`;
  },
  deleteMail: (mail: number) =>
    mail === 0 ? '' : `${count(mail, messages)} ${plural(mail, { one: 'moves', other: 'move' })} to Trash.`,
  deleteRole: (role: string) => `This is your ${role} folder. Homeport makes a new one when it needs it.`,
  deleteUndo:
    'You can undo this until the server has done it. Afterwards the mail is still in Trash, but the folder cannot come back.',

  emptyTitle: (mail: number, name: string) => `Delete ${number(mail)} in ${name} for ever?`,
  emptyText:
    'They are removed from this computer and from the server after 10 seconds. Until then you can undo it.',
  emptyButton: (mail: number) => `Delete ${number(mail)} for ever`,

  done: {
    create: (name: string) => `Folder ${name} created`,
    rename: (name: string) => `Folder renamed to ${name}`,
    move: (name: string, where: string) => `Folder ${name} moved to ${where}`,
    delete: (name: string, mail: number) =>
      mail === 0 ? `Folder ${name} deleted` : `Folder ${name} deleted, ${number(mail)} moved to Trash`,
    subscribe: (name: string) => `Subscribed to ${name}`,
    unsubscribe: (name: string) => `Unsubscribed from ${name}`,
    role: (name: string, role: string) => `${name} is used as ${role}`,
    noRole: (name: string) => `${name} is an ordinary folder now`,
    empty: (mail: number) => `${number(mail)} deleted for ever`,
  },
  failed: {
    create: 'Folder not created',
    rename: 'Folder not renamed',
    move: 'Folder not moved',
    delete: 'Folder not deleted',
    subscribe: 'Subscription not changed',
    role: 'Folder not changed',
  },
  doing: { delete: 'Moving to Trash', empty: 'Deleting for ever' },
};
