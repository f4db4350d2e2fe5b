import {
  AlarmClock,
  Archive,
  ArrowLeft,
  Ellipsis,
  FolderInput,
  Forward,
  MailCheck,
  MailOpen,
  OctagonAlert,
  Reply,
  ReplyAll,
  Star,
  Tag,
  Trash2,
} from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Toolbar } from 'react-aria-components';
import type { ListId } from '../../shared/domain';
import { roleOfList } from '../actions/known';
import type { CommandId } from '../commands/catalogue';
import { useShortcutOf } from '../commands/key-bindings';
import { runCommand } from '../commands/registry';
import { useOpenList } from '../list/open-list';
import { commandTitles } from '../strings/commands';
import { composeStrings } from '../strings/compose';
import { listStrings } from '../strings/list';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem } from '../ui/menu';
import styles from './reading-pane.module.css';

type Action = readonly [CommandId, string, typeof Archive];

const ACTIONS: readonly Action[] = [
  ['compose.reply', composeStrings.reply, Reply],
  ['compose.replyAll', composeStrings.replyAll, ReplyAll],
  ['compose.forward', composeStrings.forward, Forward],
  ['mail.archive', readerStrings.archive, Archive],
  ['mail.trash', readerStrings.trash, Trash2],
  ['mail.junk', readerStrings.junk, OctagonAlert],
  ['mail.snooze', readerStrings.snooze, AlarmClock],
  ['mail.markUnread', readerStrings.markUnread, MailOpen],
  ['mail.star', readerStrings.star, Star],
  ['mail.move', readerStrings.move, FolderInput],
  ['mail.label', readerStrings.label, Tag],
];
const UNSTAR: Action = ['mail.star', listStrings.unstar, Star];
const NOT_JUNK: Action = ['mail.notJunk', commandTitles['mail.notJunk'], MailCheck];

/** So many stand in a narrow bar beside the way back; the others wait in its menu. */
const ALWAYS = 5;

interface ReaderActionsProps {
  readonly listId: ListId;
  /** What is open; null: the bar stays, so that the panes' headers align. */
  readonly itemId: number | null;
  readonly onBack: (() => void) | null;
}

/** The bar above the conversation: the actions of what is open (ui.md section 2). */
export function ReaderActions({ listId, itemId, onBack }: ReaderActionsProps) {
  const shortcutOf = useShortcutOf();
  const inJunk = roleOfList(listId) === 'junk';
  const starred = useStarred(itemId);
  const actions = ACTIONS.map((action): Action => {
    if (inJunk && action[0] === 'mail.junk') return NOT_JUNK;
    return starred && action[0] === 'mail.star' ? UNSTAR : action;
  });
  return (
    <Toolbar className={styles.bar ?? ''} aria-label={readerStrings.actions}>
      {onBack && (
        <IconButton label={readerStrings.back} shortcut={shortcutOf('list.back')} onPress={onBack}>
          <ArrowLeft />
        </IconButton>
      )}
      {itemId !== null &&
        actions.map(([command, label, Icon], at) => (
          <span key={command} className={at < ALWAYS ? styles.action : styles.roomy}>
            <IconButton label={label} shortcut={shortcutOf(command)} onPress={() => runCommand(command)}>
              <Icon className={label === UNSTAR[1] ? styles.starred : undefined} />
            </IconButton>
          </span>
        ))}
      {itemId !== null && (
        <span className={styles.narrow}>
          <Menu
            label={readerStrings.more}
            placement="bottom end"
            trigger={
              <IconButton label={readerStrings.more}>
                <Ellipsis />
              </IconButton>
            }
          >
            {actions.slice(ALWAYS).map(([command, label, Icon]) => (
              <MenuItem
                key={command}
                icon={<Icon />}
                label={label}
                shortcut={shortcutOf(command)}
                onAction={() => runCommand(command)}
              />
            ))}
          </Menu>
        </span>
      )}
    </Toolbar>
  );
}

/** Whether the row of what is open has a star, as the list beside knows it. */
function useStarred(itemId: number | null): boolean {
  const list = useOpenList((state) => state.list);
  return useSyncExternalStore(
    list?.subscribe ?? NEVER,
    () => itemId !== null && (list?.rowOf(itemId)?.starred ?? false),
  );
}
const NEVER = () => () => undefined;
