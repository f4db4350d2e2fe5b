/**
 * The keyboard map of ui.md section 7 for the commands that exist: every command with its keys in the default preset
 * (Gmail-like). Keys are written by the produced character (UI-063): `e`, `#`, `Mod+k`, `Shift+F6`, `g i` (one after the
 * other). `Mod` is Cmd on Apple and Ctrl elsewhere, `Ctrl` is Control everywhere. Letters are upper case where Shift
 * belongs to them (`I` = Shift+I).
 */
export const KEY_MAP = {
  'palette.open': ['Mod+k'],
  'shortcuts.show': ['?'],
  'search.focus': ['/', 'Mod+e'],
  'search.scope': ['Mod+Shift+e'],
  'search.form': [],
  'search.keep': [],
  'settings.open': ['Mod+,'],
  'view.nextPane': ['F6'],
  'view.previousPane': ['Shift+F6'],
  'view.toasts': ['F8'],
  'window.close': ['Mod+w'],
  'sync.now': ['F5'],
  'sync.panel': [],
  'sync.toggleOffline': [],
  'sync.toggleMetered': [],
  'changes.attention': [],
  'changes.waiting': [],
  'help.conflicts': [],
  'account.add': [],
  'account.signIn': [],
  'account.pause': [],
  'account.remove': [],

  'go.inbox': ['g i'],
  'go.unread': ['g u'],
  'go.starred': ['g s'],
  'go.snoozed': ['g b'],
  'go.outbox': ['g o'],
  'go.sent': ['g t'],
  'go.drafts': ['g d'],
  'go.all': ['g a'],
  'go.label': ['g l'],
  'go.account1': ['Mod+1'],
  'go.account2': ['Mod+2'],
  'go.account3': ['Mod+3'],
  'go.account4': ['Mod+4'],
  'go.account5': ['Mod+5'],
  'go.account6': ['Mod+6'],
  'go.account7': ['Mod+7'],
  'go.account8': ['Mod+8'],
  'go.account9': ['Mod+9'],

  'list.next': ['j'],
  'list.previous': ['k'],
  'list.open': ['o'],
  'list.openWindow': ['O', 'Mod+o'],
  'list.back': ['u'],
  'list.toggle': ['x'],
  'list.extendNext': ['J'],
  'list.extendPrevious': ['K'],
  'list.selectAll': ['* a', 'Mod+a'],
  'list.selectNone': ['* n'],
  'list.filterUnread': ['w u'],
  'list.filterStarred': ['w s'],
  'list.filterAttachments': ['w a'],
  'list.filterNone': ['w w'],

  'message.next': ['n'],
  'message.previous': ['p'],
  'message.expandAll': [';'],
  'message.collapseAll': [':'],
  'message.showPictures': ['i'],
  'message.toggleDark': ['D'],
  'message.unsubscribe': ['Mod+u'],
  'message.source': [],
  'message.history': [],
  'message.asText': [],
  'message.fixedWidth': [],
  'message.larger': [],
  'message.smaller': [],
  'message.normalSize': [],
  'message.charset': [],
  'message.save': [],
  'message.print': ['Mod+p'],
  'message.saveAttachments': [],

  'mail.archive': ['e'],
  'mail.archiveNext': [']'],
  'mail.archivePrevious': ['['],
  'mail.trash': ['#', 'Delete'],
  'mail.junk': ['!'],
  'mail.notJunk': [],
  'mail.deleteForever': ['Shift+Delete'],
  'mail.star': ['s'],
  'mail.snooze': ['b', 'h'],
  'mail.unsnooze': [],
  'mail.markRead': ['I'],
  'mail.markUnread': ['U'],
  'mail.toggleRead': [],
  'mail.move': ['v'],
  'mail.label': ['l'],
  'mail.saveAs': [],

  'compose.new': ['c'],
  'compose.reply': ['r'],
  'compose.replyAll': ['a'],
  'compose.forward': ['f'],
  'compose.forwardAttached': [],
  'compose.editAsNew': [],
  'compose.redirect': [],
  'compose.send': ['Mod+Enter'],
  'compose.sendLater': ['Mod+Shift+l'],
  'compose.discard': ['Mod+Shift+d'],
  'compose.attach': ['Mod+Shift+a'],
  'compose.format': [],
  'compose.history': [],
  'compose.replyTo': [],
  'compose.focus': [],

  'folder.new': [],
  'folder.newInside': [],
  'folder.rename': [],
  'folder.move': [],
  'folder.delete': [],
  'folder.empty': [],
  'folder.keep': [],
  'folder.useAs': [],
  'folder.notify': [],
  'folder.subscribe': [],
  'folder.markAllRead': [],

  'edit.undo': ['z', 'Mod+z'],
  'edit.redo': ['Mod+Shift+z', 'Mod+y'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type CommandId = keyof typeof KEY_MAP;
export const COMMAND_IDS = Object.keys(KEY_MAP) as readonly CommandId[];

export const KEY_PRESETS = ['gmail', 'outlook', 'apple'] as const;
export type KeyPreset = (typeof KEY_PRESETS)[number];

const REPLY = { 'compose.new': ['Mod+n'], 'compose.reply': ['Mod+r'], 'compose.replyAll': ['Mod+Shift+r'] };
/** By place in the row of ui.md section 7; the numbers of what does not exist yet stay free. */
const GO = {
  'go.inbox': ['Mod+1'],
  'go.starred': ['Mod+2'],
  'go.sent': ['Mod+3'],
  'go.drafts': ['Mod+4'],
  'go.all': ['Mod+5'],
  'go.label': ['Mod+6'],
  'go.outbox': ['Mod+7'],
};
const NO_ACCOUNTS = Object.fromEntries(
  COMMAND_IDS.filter((id) => id.startsWith('go.account')).map((id) => [id, []]),
);

/** What a preset says itself; of everything else it keeps the chords and drops the single characters and sequences. */
const PRESETS: Readonly<Record<Exclude<KeyPreset, 'gmail'>, Partial<Record<CommandId, readonly string[]>>>> =
  {
    outlook: {
      ...REPLY,
      ...GO,
      ...NO_ACCOUNTS,
      'palette.open': ['Alt+q', 'Mod+k'],
      'shortcuts.show': ['?'],
      'sync.now': ['F9'],
      'mail.archive': ['Backspace'],
      'mail.star': ['Insert'],
      'mail.move': ['Mod+Shift+v'],
      'mail.markRead': ['Ctrl+q'],
      'mail.markUnread': ['Mod+u'],
      'message.unsubscribe': [],
      'compose.forward': ['Mod+f'],
      'edit.redo': ['Mod+y'],
    },
    apple: {
      ...REPLY,
      ...GO,
      ...NO_ACCOUNTS,
      'shortcuts.show': ['?'],
      'search.focus': ['Mod+Alt+f'],
      'view.nextPane': ['Tab', 'F6'],
      'view.previousPane': ['Shift+Tab', 'Shift+F6'],
      'sync.now': ['Mod+Shift+n'],
      'mail.archive': ['Mod+Ctrl+a'],
      // Its keyboards have the one that others call Backspace, and name it Delete.
      'mail.trash': ['Delete', 'Backspace'],
      'mail.junk': ['Mod+Shift+j'],
      'mail.star': ['Mod+Shift+l'],
      'mail.toggleRead': ['Mod+Shift+u'],
      'message.unsubscribe': [],
      'compose.forward': ['Mod+Shift+f'],
      'compose.send': ['Mod+Shift+d'],
      'compose.sendLater': [],
      'compose.discard': [],
      'edit.redo': ['Mod+Shift+z'],
    },
  };

/** True for what begins with a key that types something: such a key acts only in list and reader, and can be switched off. */
export function beginsWithCharacter(keys: string): boolean {
  const [first = ''] = keys.split(' ');
  return [...first].length === 1 || first === 'Space';
}

/** The keys a preset gives to a command, as written in the map. */
export function presetKeys(preset: KeyPreset, id: CommandId): readonly string[] {
  const plain: readonly string[] = KEY_MAP[id];
  if (preset === 'gmail') return plain;
  return PRESETS[preset][id] ?? plain.filter((keys) => !beginsWithCharacter(keys));
}
