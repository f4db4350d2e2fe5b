import { count, number } from './plural';

/** Which rows "all" are. */
const WHICH = {
  none: 'in this folder',
  unread: 'unread in this folder',
  starred: 'starred in this folder',
  attachments: 'with attachments in this folder',
};

/** Words of the message list. */
export const listStrings = {
  // Rows
  me: 'me',
  unknown: 'Unknown sender',
  noSubject: '(no subject)',
  draft: 'Draft',
  unread: 'unread',
  starred: 'starred',
  attachment: 'has attachment',
  answered: 'answered',
  forwarded: 'forwarded',
  waiting: 'waiting to reach the server',
  parked: 'needs attention',
  troubleOf: (title: string, failure: string) => `needs attention: ${title} - ${failure}`,
  reviewOf: (trouble: string | null) => `Review what ${trouble ?? 'needs attention'}`,
  loading: 'Loading',
  opening: 'Opening the list',
  select: 'Select',
  backSince: (time: string) => `Back since ${time}`,
  snoozed: (phrase: string) => `snoozed ${phrase}`,
  groups: { today: 'Today', yesterday: 'Yesterday', week: 'This week', older: 'Older' },
  labelList: 'Labels',
  labelHere: 'stays on this computer',
  messages: (messages: number) => count(messages, { one: 'message', other: 'messages' }),
  labels: (names: string) => `labels ${names}`,
  foundIn: (where: string) => `in ${where}`,

  // Header
  rows: (rows: number, mode: 'threads' | 'messages') =>
    mode === 'threads'
      ? count(rows, { one: 'conversation', other: 'conversations' })
      : count(rows, { one: 'message', other: 'messages' }),
  rowsOf: (shown: number, rows: number) => `${number(shown)} of ${number(rows)}`,
  unreadOf: (unread: number) => `${number(unread)} unread`,
  newMail: (rows: number) => `${number(rows)} new`,
  showNewMail: (rows: number) => `Show ${count(rows, { one: 'new message', other: 'new messages' })}`,
  filterMenu: 'Filter',
  filterBy: (filter: string) => `Filter: ${filter}`,
  filters: { none: 'All', unread: 'Unread', starred: 'Starred', attachments: 'With attachments' },
  showAll: 'Show all',
  removeFilter: (filter: string) => `${filter}: show all again`,
  sortMenu: 'Sort',
  sort: {
    date: 'Date',
    sender: 'Sender',
    subject: 'Subject',
    size: 'Size',
    unread: 'Unread',
    starred: 'Starred',
  },
  order: 'Order',
  /** What the two directions mean for each order. */
  descending: {
    date: 'Newest first',
    sender: 'Z to A',
    subject: 'Z to A',
    size: 'Largest first',
    unread: 'Unread first',
    starred: 'Starred first',
  },
  ascending: {
    date: 'Oldest first',
    sender: 'A to Z',
    subject: 'A to Z',
    size: 'Smallest first',
    unread: 'Read first',
    starred: 'Starred last',
  },
  viewMenu: 'View',
  grouping: 'Show as',
  notRegrouped: 'The list is still shown as before',
  modes: { threads: 'Conversations', messages: 'Single messages' },
  density: 'Density',
  densities: { compact: 'Compact', normal: 'Normal', relaxed: 'Relaxed' },
  layout: 'Layout',
  layouts: { columns: 'Rows', table: 'Table' },
  readingPane: 'Reading pane',
  readingPanes: { beside: 'Beside the list', below: 'Below the list', off: 'Off' },
  columnsMenu: 'Columns',
  columns: {
    star: 'Star',
    sender: 'Sender',
    subject: 'Subject',
    labels: 'Labels',
    attachment: 'Attachment',
    size: 'Size',
    date: 'Date',
  },

  /** The order by date in the view of what is put off. */
  snoozedOrder: { descending: 'Latest first', ascending: 'Soonest first' },
  // Selection
  selected: (rows: number) => `${number(rows)} selected`,
  selectAllIn: (rows: string, filter: keyof typeof WHICH) => `Select all ${rows} ${WHICH[filter]}`,
  allSelected: (rows: string, filter: keyof typeof WHICH) => `All ${rows} ${WHICH[filter]} are selected`,
  selectionActions: 'Actions for the selection',

  // Footer
  coverage: (here: number, all: number) => `Newest ${number(here)} of ${number(all)} - getting older mail`,
  offlineCoverage: (here: number, all: number) =>
    `Newest ${number(here)} of ${number(all)} are on this computer`,

  // States
  inboxEmpty: 'All done',
  inboxEmptyText: (time: string) => `Nothing in your inbox. Last checked ${time}.`,
  inboxEmptyUnchecked: 'Nothing in your inbox.',
  folderEmpty: 'No messages here',
  snoozedEmpty: 'Nothing is snoozed',
  snoozedEmptyText: 'Mail that you put off waits here and comes back to the inbox.',
  firstSync: 'Getting your mail',
  firstSyncText: 'The newest messages appear first.',
  notHere: 'Not on this computer yet',
  notHereText: 'Older mail of this folder will be loaded when you are online.',
  loadWhenOnline: 'Load when online',
  nothingMatches: {
    unread: (folder: string) => `No unread messages in ${folder}`,
    starred: (folder: string) => `No starred messages in ${folder}`,
    attachments: (folder: string) => `No messages with attachments in ${folder}`,
  },
  nothingMatchesText: (rows: string) => `The filter hides ${rows}.`,
  failed: 'This list could not be read',
  retry: 'Try again',
};
