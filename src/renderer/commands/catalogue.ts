import { commandTitles } from '../strings/commands';

export type CommandId = keyof typeof commandTitles;
export type CommandGroup = 'go' | 'list' | 'message' | 'mail' | 'compose' | 'edit' | 'window';

export interface CommandSpec {
  readonly id: CommandId;
  readonly title: string;
  readonly group: CommandGroup;
  /**
   * Keys that run it, by the produced character (UI-063): `e`, `#`, `Mod+k`, `Shift+F6`, `g i` (one after the other).
   * `Mod` is Cmd on Apple and Ctrl elsewhere. Letters are upper case where Shift belongs to them (`I` = Shift+I).
   */
  readonly keys: readonly string[];
  /** 'mail' = only with the focus in list or reader, or nowhere; 'anywhere' = also in fields, so never a bare letter. */
  readonly where: 'mail' | 'window' | 'anywhere';
  /** False for commands that make sense only by key. */
  readonly palette: boolean;
}

type Row = readonly [
  id: CommandId,
  group: CommandGroup,
  where: CommandSpec['where'],
  keys: readonly string[],
  palette?: false,
];

/** The keyboard map of ui.md section 7 (Gmail-like), for the commands that exist. */
const ROWS: readonly Row[] = [
  ['palette.open', 'window', 'anywhere', ['Mod+k'], false],
  ['shortcuts.show', 'window', 'mail', ['?']],
  ['search.focus', 'window', 'window', ['/', 'Mod+e']],
  ['search.scope', 'window', 'anywhere', ['Mod+Shift+e']],
  ['search.form', 'window', 'window', []],
  ['settings.open', 'window', 'anywhere', ['Mod+,']],
  ['view.nextPane', 'window', 'anywhere', ['F6'], false],
  ['view.previousPane', 'window', 'anywhere', ['Shift+F6'], false],
  ['view.toasts', 'window', 'anywhere', ['F8'], false],
  ['sync.now', 'window', 'anywhere', ['F5']],
  ['sync.panel', 'window', 'window', []],
  ['sync.toggleOffline', 'window', 'window', []],
  ['sync.toggleMetered', 'window', 'window', []],
  ['changes.attention', 'window', 'window', []],
  ['changes.waiting', 'window', 'window', []],
  ['help.conflicts', 'window', 'window', []],
  ['account.add', 'window', 'window', []],

  ['go.inbox', 'go', 'mail', ['g i']],
  ['go.unread', 'go', 'mail', ['g u']],
  ['go.starred', 'go', 'mail', ['g s']],
  ['go.snoozed', 'go', 'mail', ['g b']],
  ['go.outbox', 'go', 'mail', ['g o']],
  ['go.sent', 'go', 'mail', ['g t']],
  ['go.drafts', 'go', 'mail', ['g d']],
  ['go.all', 'go', 'mail', ['g a']],

  ['list.next', 'list', 'mail', ['j'], false],
  ['list.previous', 'list', 'mail', ['k'], false],
  ['list.open', 'list', 'mail', ['o'], false],
  ['list.back', 'list', 'mail', ['u'], false],
  ['list.toggle', 'list', 'mail', ['x'], false],
  ['list.extendNext', 'list', 'mail', ['J'], false],
  ['list.extendPrevious', 'list', 'mail', ['K'], false],
  ['list.selectAll', 'list', 'mail', ['* a', 'Mod+a']],
  ['list.selectNone', 'list', 'mail', ['* n']],
  ['list.filterUnread', 'list', 'mail', ['w u']],
  ['list.filterStarred', 'list', 'mail', ['w s']],
  ['list.filterAttachments', 'list', 'mail', ['w a']],
  ['list.filterNone', 'list', 'mail', ['w w']],

  ['message.next', 'message', 'mail', ['n'], false],
  ['message.previous', 'message', 'mail', ['p'], false],
  ['message.expandAll', 'message', 'mail', [';']],
  ['message.collapseAll', 'message', 'mail', [':']],
  ['message.showPictures', 'message', 'mail', ['i']],
  ['message.toggleDark', 'message', 'mail', ['D']],
  ['message.unsubscribe', 'message', 'window', ['Mod+u']],
  ['message.source', 'message', 'window', []],
  ['message.history', 'message', 'window', []],
  ['message.print', 'message', 'window', ['Mod+p']],
  ['message.saveAttachments', 'message', 'window', []],

  ['mail.archive', 'mail', 'mail', ['e']],
  ['mail.archiveNext', 'mail', 'mail', [']']],
  ['mail.archivePrevious', 'mail', 'mail', ['[']],
  ['mail.trash', 'mail', 'mail', ['#', 'Delete']],
  ['mail.junk', 'mail', 'mail', ['!']],
  ['mail.notJunk', 'mail', 'mail', []],
  ['mail.deleteForever', 'mail', 'mail', ['Shift+Delete']],
  ['mail.star', 'mail', 'mail', ['s']],
  ['mail.snooze', 'mail', 'mail', ['b', 'h']],
  ['mail.unsnooze', 'mail', 'mail', []],
  ['mail.markRead', 'mail', 'mail', ['I']],
  ['mail.markUnread', 'mail', 'mail', ['U']],
  ['mail.move', 'mail', 'mail', ['v']],
  ['mail.label', 'mail', 'mail', ['l']],

  ['compose.new', 'compose', 'mail', ['c']],
  ['compose.reply', 'compose', 'mail', ['r']],
  ['compose.replyAll', 'compose', 'mail', ['a']],
  ['compose.forward', 'compose', 'mail', ['f']],
  ['compose.forwardAttached', 'compose', 'mail', []],
  ['compose.editAsNew', 'compose', 'mail', []],
  ['compose.redirect', 'compose', 'mail', []],
  ['compose.send', 'compose', 'anywhere', ['Mod+Enter'], false],
  ['compose.sendLater', 'compose', 'anywhere', ['Mod+Shift+l'], false],
  ['compose.discard', 'compose', 'anywhere', ['Mod+Shift+d'], false],
  ['compose.attach', 'compose', 'anywhere', ['Mod+Shift+a'], false],
  ['compose.focus', 'compose', 'window', []],

  ['folder.new', 'list', 'window', []],
  ['folder.rename', 'list', 'window', []],
  ['folder.move', 'list', 'window', []],
  ['folder.delete', 'list', 'window', []],
  ['folder.empty', 'list', 'window', []],
  ['folder.keep', 'list', 'window', []],
  ['folder.markAllRead', 'list', 'window', []],

  ['edit.undo', 'edit', 'window', ['z', 'Mod+z']],
  ['edit.redo', 'edit', 'window', ['Mod+Shift+z', 'Mod+y']],
];

export const COMMANDS: readonly CommandSpec[] = ROWS.map(([id, group, where, keys, palette = true]) => ({
  id,
  title: commandTitles[id],
  group,
  keys,
  where,
  palette,
}));

const byId = new Map(COMMANDS.map((spec) => [spec.id, spec]));

export function commandSpec(id: CommandId): CommandSpec {
  const spec = byId.get(id);
  if (!spec) throw new Error(`command ${id} has no row in the catalogue`);
  return spec;
}
