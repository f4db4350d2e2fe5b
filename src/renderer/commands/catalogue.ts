import { commandTitles } from '../../shared/keyboard/command-titles';
import { type CommandId, KEY_MAP } from '../../shared/keyboard/key-map';

export type { CommandId };
export type CommandGroup = 'go' | 'list' | 'message' | 'mail' | 'compose' | 'edit' | 'window';

export interface CommandSpec {
  readonly id: CommandId;
  readonly title: string;
  readonly group: CommandGroup;
  /** Its keys in the default preset; those in force are asked of `key-bindings.ts`. */
  readonly keys: readonly string[];
  /**
   * 'mail' = only with the focus in list or reader, or nowhere; 'anywhere' = also in fields, but for the keys that write
   * there. What types a character acts in list and reader alone, whatever stands here.
   */
  readonly where: 'mail' | 'window' | 'anywhere';
  /** False for commands that make sense only by key. */
  readonly palette: boolean;
}

type Row = readonly [id: CommandId, group: CommandGroup, where: CommandSpec['where'], palette?: false];

/** What exists, by group; the keys stand in `shared/keyboard/key-map.ts`. */
const ROWS: readonly Row[] = [
  ['palette.open', 'window', 'anywhere', false],
  ['shortcuts.show', 'window', 'window'],
  ['search.focus', 'window', 'window'],
  ['search.scope', 'window', 'anywhere'],
  ['search.form', 'window', 'window'],
  ['search.keep', 'window', 'window'],
  ['settings.open', 'window', 'anywhere'],
  ['view.nextPane', 'window', 'anywhere', false],
  ['view.previousPane', 'window', 'anywhere', false],
  ['view.toasts', 'window', 'anywhere', false],
  ['window.close', 'window', 'anywhere', false],
  ['sync.now', 'window', 'anywhere'],
  ['sync.panel', 'window', 'window'],
  ['sync.toggleOffline', 'window', 'window'],
  ['sync.toggleMetered', 'window', 'window'],
  ['changes.attention', 'window', 'window'],
  ['changes.waiting', 'window', 'window'],
  ['help.conflicts', 'window', 'window'],
  ['account.add', 'window', 'window'],
  ['account.signIn', 'window', 'window'],
  ['account.pause', 'window', 'window'],
  ['account.remove', 'window', 'window'],

  ['go.inbox', 'go', 'window'],
  ['go.unread', 'go', 'window'],
  ['go.starred', 'go', 'window'],
  ['go.snoozed', 'go', 'window'],
  ['go.outbox', 'go', 'window'],
  ['go.sent', 'go', 'window'],
  ['go.drafts', 'go', 'window'],
  ['go.all', 'go', 'window'],
  ['go.label', 'go', 'window'],
  ['go.account1', 'go', 'window'],
  ['go.account2', 'go', 'window'],
  ['go.account3', 'go', 'window'],
  ['go.account4', 'go', 'window'],
  ['go.account5', 'go', 'window'],
  ['go.account6', 'go', 'window'],
  ['go.account7', 'go', 'window'],
  ['go.account8', 'go', 'window'],
  ['go.account9', 'go', 'window'],

  ['list.next', 'list', 'mail', false],
  ['list.previous', 'list', 'mail', false],
  ['list.open', 'list', 'mail', false],
  ['list.openWindow', 'list', 'mail'],
  ['list.back', 'list', 'mail', false],
  ['list.toggle', 'list', 'mail', false],
  ['list.extendNext', 'list', 'mail', false],
  ['list.extendPrevious', 'list', 'mail', false],
  ['list.selectAll', 'list', 'mail'],
  ['list.selectNone', 'list', 'mail'],
  ['list.filterUnread', 'list', 'mail'],
  ['list.filterStarred', 'list', 'mail'],
  ['list.filterAttachments', 'list', 'mail'],
  ['list.filterNone', 'list', 'mail'],

  ['message.next', 'message', 'mail', false],
  ['message.previous', 'message', 'mail', false],
  ['message.expandAll', 'message', 'mail'],
  ['message.collapseAll', 'message', 'mail'],
  ['message.showPictures', 'message', 'mail'],
  ['message.toggleDark', 'message', 'mail'],
  ['message.unsubscribe', 'message', 'window'],
  ['message.source', 'message', 'window'],
  ['message.history', 'message', 'window'],
  ['message.asText', 'message', 'window'],
  ['message.fixedWidth', 'message', 'window'],
  ['message.larger', 'message', 'window'],
  ['message.smaller', 'message', 'window'],
  ['message.normalSize', 'message', 'window'],
  ['message.charset', 'message', 'window'],
  ['message.save', 'message', 'window'],
  ['message.print', 'message', 'window'],
  ['message.saveAttachments', 'message', 'window'],

  ['mail.archive', 'mail', 'mail'],
  ['mail.archiveNext', 'mail', 'mail'],
  ['mail.archivePrevious', 'mail', 'mail'],
  ['mail.trash', 'mail', 'mail'],
  ['mail.junk', 'mail', 'mail'],
  ['mail.notJunk', 'mail', 'mail'],
  ['mail.deleteForever', 'mail', 'mail'],
  ['mail.star', 'mail', 'mail'],
  ['mail.snooze', 'mail', 'mail'],
  ['mail.unsnooze', 'mail', 'mail'],
  ['mail.markRead', 'mail', 'mail'],
  ['mail.markUnread', 'mail', 'mail'],
  ['mail.toggleRead', 'mail', 'mail'],
  ['mail.move', 'mail', 'mail'],
  ['mail.label', 'mail', 'mail'],
  ['mail.saveAs', 'mail', 'mail'],

  ['compose.new', 'compose', 'window'],
  ['compose.reply', 'compose', 'mail'],
  ['compose.replyAll', 'compose', 'mail'],
  ['compose.forward', 'compose', 'mail'],
  ['compose.forwardAttached', 'compose', 'mail'],
  ['compose.editAsNew', 'compose', 'mail'],
  ['compose.redirect', 'compose', 'mail'],
  ['compose.send', 'compose', 'anywhere'],
  ['compose.sendLater', 'compose', 'anywhere'],
  ['compose.discard', 'compose', 'anywhere'],
  ['compose.attach', 'compose', 'anywhere'],
  ['compose.format', 'compose', 'anywhere'],
  ['compose.history', 'compose', 'anywhere'],
  ['compose.replyTo', 'compose', 'anywhere'],
  ['compose.focus', 'compose', 'window'],

  ['folder.new', 'list', 'window'],
  ['folder.newInside', 'list', 'window'],
  ['folder.rename', 'list', 'window'],
  ['folder.move', 'list', 'window'],
  ['folder.delete', 'list', 'window'],
  ['folder.empty', 'list', 'window'],
  ['folder.keep', 'list', 'window'],
  ['folder.useAs', 'list', 'window'],
  ['folder.notify', 'list', 'window'],
  ['folder.subscribe', 'list', 'window'],
  ['folder.markAllRead', 'list', 'window'],

  ['edit.undo', 'edit', 'window'],
  ['edit.redo', 'edit', 'window'],
];

export const COMMANDS: readonly CommandSpec[] = ROWS.map(([id, group, where, palette = true]) => ({
  id,
  title: commandTitles[id],
  group,
  keys: KEY_MAP[id],
  where,
  palette,
}));
