import type { AttachmentView } from '../../shared/contract/views';
import type { LinkConcern } from '../../shared/links';
import { count, listed, number } from './plural';

/** Words of the reading pane. */
const GONE_FOLDER = 'a folder that is gone';
/** Who caused a change. */
const ORIGINS = {
  server: 'The server or another program',
  user: 'You',
  undo: 'You, by undo',
  rule: 'A rule',
  import: 'An import',
  cli: 'The command line',
};

export const readerStrings = {
  // Nothing open
  nothing: 'Select a message',
  hintMove: 'Move',
  hintOpen: 'Open',
  hintAll: 'All shortcuts',

  // Actions
  actions: 'Actions for this conversation',
  more: 'More actions',

  // Conversation
  noSubject: '(no subject)',
  place: (position: number, total: number) => `${number(position)} of ${number(total)}`,
  muted: 'Muted',
  pinned: 'Pinned',
  messages: (messages: number) => count(messages, { one: 'message', other: 'messages' }),
  older: (messages: number) => `Show ${count(messages, { one: 'older message', other: 'older messages' })}`,
  messageFrom: (sender: string) => `Message from ${sender}`,
  frameTitle: (sender: string, subject: string) => `Message from ${sender}: ${subject}`,
  failedTitle: 'This conversation could not be read',
  goneTitle: 'This conversation is no longer here',

  // Header
  me: 'me',
  unknown: 'Unknown sender',
  to: (people: string) => `to ${people}`,
  toNobody: 'to undisclosed recipients',
  others: (names: string, others: number) =>
    `${names} and ${count(others, { one: 'other', other: 'others' })}`,
  dragOut: 'Drag out to save the message as a file',
  details: 'Details',
  showDetails: 'Show details of this message',
  copyAddress: 'Copy the address',
  addressCopied: 'Address copied',
  addressNotCopied: 'The clipboard is not available',
  fields: {
    from: 'From',
    sender: 'Sent by',
    replyTo: 'Replies go to',
    to: 'To',
    cc: 'Copy to',
    bcc: 'Blind copy to',
    date: 'Date',
    size: 'Size',
  },
  unread: 'Unread',
  draft: 'Draft',
  attachments: (files: number) => count(files, { one: 'attachment', other: 'attachments' }),

  // Who sent it
  verdicts: {
    verified: 'Verified sender',
    unverified: 'Not verified',
    suspicious: 'Suspicious',
  },
  verdictText: {
    verified: (domain: string) => `Really from ${domain}: your mail server checked it.`,
    unverified: () =>
      'Your mail server could not confirm who sent this. That alone does not mean it is false.',
    suspicious: (domain: string) =>
      `This message claims to be from ${domain}, but the checks of your mail server say otherwise.`,
  },
  claimsToBeYou: 'This message claims to be from you, but your mail server could not confirm it.',
  theSender: 'the sender',
  technical: 'Results of the checks',
  noResults: 'Your mail server sent no results.',
  verifiedStranger: (domain: string) =>
    `Your mail server confirmed that this is from ${domain}, but the name makes it look like somebody else.`,
  nameShowsOther: (shown: string, real: string) =>
    `The name shows ${shown}, but the message is from ${real}.`,
  namesake: (name: string, known: string, real: string) => `You know ${name} as ${known}, not as ${real}.`,
  namesakeNearby: (name: string, known: string, real: string) =>
    `You know ${name} as ${known}; this message is from ${real}.`,
  mixedAlphabets: (domain: string, plain: string) =>
    `The letters of ${domain} may not be what they look like: it is ${plain}.`,
  replyElsewhere: (domain: string) => `Replies go to another domain: ${domain}.`,
  signed: 'Signed',

  // Banners
  suspicious: 'Be careful with links and attachments. The sender could not be confirmed.',
  looksLikeAnother: (what: string) => `${what} Be careful with links and attachments.`,
  fromList: 'This message came to you through a list.',
  unsubscribe: 'Unsubscribe',
  unsubscribing: 'Unsubscribing',
  unsubscribed: 'The list was told to take you off.',
  notUnsubscribed: 'Not unsubscribed',
  listPage: 'Open its page',
  leaveByMail: 'Unsubscribe by mail',
  leaveByMailText: 'This list is left by sending it a message from your address.',
  mailSubject: 'Subject',
  leaveSend: 'Send it',
  leaveWrite: 'Write it yourself',
  leaveSent: 'The list is asked to take you off',
  picturesBlocked: (pictures: number) =>
    `${count(pictures, { one: 'picture', other: 'pictures' })} not loaded`,
  showOnce: 'Show once',
  alwaysForSender: 'Always for this sender',
  truncated: 'This message is very long and was shortened.',
  endsHere: 'It was shortened here.',
  restInSource: 'It was shortened here. The rest is in its source.',
  showAll: 'Show all',
  loadingAll: 'Loading the rest…',
  restNotShown: 'The rest is not shown',
  invitation: 'An invitation or event came with this message.',
  showInvitation: 'Show it',
  showSource: 'Show source',
  encrypted: 'This message is encrypted and cannot be opened here.',
  moreNotes: (notes: number) => `Show ${count(notes, { one: 'more note', other: 'more notes' })}`,
  firstNotes: 'Show the first notes',
  frameFailed: 'The formatted view did not open. This is the text of the message.',
  tryAgain: 'Try again',

  // Body
  loading: 'Loading the message',
  loadingSize: (size: string) => `Loading the message, ${size}`,
  notLoaded: (size: string) => `This message (${size}) is not loaded.`,
  loadingFile: (name: string, size: string) => `Loading ${name}, ${size}`,
  notLoadedFile: (name: string) => `${name} is not loaded`,
  printing: 'Preparing to print',
  loadingSource: 'Loading the whole message',
  opening: 'Opening the conversation',
  layingOut: 'Laying out the message',
  notHere: (size: string) => `The text of this message (${size}) is not on this computer yet.`,
  willLoad: 'It will be loaded when you are online.',
  loadWhenOnline: 'Load when online',
  loadNow: 'Load now',
  gone: 'The text of this message is no longer at the server.',
  unreadable: 'The text of this message could not be read.',
  empty: 'This message has no text.',
  showQuote: 'Show quoted text',
  hideQuote: 'Hide quoted text',
  blockedImage: 'Picture not loaded',

  // Menu
  messageMenu: 'More for this message',
  characterSet: 'Character set',
  automaticCharset: (found: string | null) => (found === null ? 'Automatic' : `Automatic (${found})`),

  // Attachments
  save: 'Save',
  saveAll: 'Save all',
  preview: 'Preview',
  download: 'Download',
  saved: (files: number) => `${count(files, { one: 'file', other: 'files' })} saved`,
  notSaved: 'Not saved',
  open: 'Open',
  openFile: (name: string) => `Open ${name}`,
  notOpened: 'Not opened',
  neverOpened: 'Files of this kind could harm this computer and are only ever saved.',
  saveFile: (name: string) => `Save ${name}`,
  previewFile: (name: string) => `Preview ${name}`,
  moreFiles: (files: number) => `Show ${count(files, { one: 'more file', other: 'more files' })}`,
  unnamed: 'Unnamed file',
  notDownloaded: 'not on this computer',
  waiting: 'will be loaded when online',
  fileGone: 'no longer at the server',
  dangerous: {
    macro: (name: string) => `${name} can run macros. Open it only if you expected it.`,
    executable: (name: string) => `${name} is a program. It can do anything on your computer.`,
    disguised: (name: string) => `${name} is a program that looks like another kind of file.`,
  } satisfies Record<NonNullable<AttachmentView['danger']>, (name: string) => string>,

  dangerousFiles: (names: readonly string[]) => {
    const shown = listed(names.slice(0, 3));
    const rest = names.length > 3 ? ` and ${count(names.length - 3, { one: 'other', other: 'others' })}` : '';
    return `${number(names.length)} files can harm this computer: ${shown}${rest}.`;
  },

  // Source
  sourceTitle: 'Source of the message',
  decoded: 'Decoded',
  raw: 'Raw',
  saveSource: 'Save as file',
  copy: 'Copy',
  noSource: 'The source is not on this computer.',

  // History
  historyTitle: 'What happened to this message',
  historyEmpty: 'Nothing happened to it in the last 30 days.',
  historyUndo: 'Undo',
  historyFact: {
    came: (mailbox: string | null) => `Came to ${mailbox ?? GONE_FOLDER}`,
    left: (mailbox: string | null) => `Left ${mailbox ?? GONE_FOLDER}`,
    marks: (mailbox: string | null) => `Marks or labels changed in ${mailbox ?? GONE_FOLDER}`,
  },
  historyBy: (origin: string) => {
    if (origin.startsWith('device:')) return 'A phone or another device';
    return ORIGINS[origin as keyof typeof ORIGINS] ?? origin;
  },
  historyState: {
    waiting: 'waiting for the server',
    claimed: 'being sent',
    probing: 'being checked',
    parked: 'needs attention',
    settled: 'done',
    discarded: 'given up',
    replaced: 'replaced by a newer change',
  },

  // Links
  linkTitle: 'Open this link?',
  linkOpens: 'The link opens',
  linkText: 'The text of the link is',
  openLink: (host: string) => `Open ${host}`,
  cancel: 'Cancel',
  refused: 'This link is not opened',
  refusedDetail: 'It does not lead to a web page or a mail address.',
  concerns: {
    'not-encrypted': 'The connection is not encrypted: others on the way can read and change the page.',
    'ip-address': 'It leads to a bare number instead of a name.',
    'mixed-script': 'The name mixes alphabets, so letters may not be what they look like.',
    'hidden-user': 'The part before the @ is not the name of the site.',
    'other-domain': 'The text names another site than the one it opens.',
    'poses-as-file': 'It looks like an attachment, but it is a link.',
    'tells-sender': 'Opening it tells the sender that your address is read.',
  } satisfies Record<LinkConcern | 'other-domain' | 'poses-as-file' | 'tells-sender', string>,
};
