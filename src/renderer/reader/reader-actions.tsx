import {
  AlarmClock,
  Archive,
  ArrowLeft,
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
import { Toolbar } from 'react-aria-components';
import type { ListId } from '../../shared/domain';
import { roleOfList } from '../actions/known';
import type { CommandId } from '../commands/catalogue';
import { runCommand } from '../commands/registry';
import { shortcutOf } from '../commands/shortcut-label';
import { commandTitles } from '../strings/commands';
import { composeStrings } from '../strings/compose';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
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
const NOT_JUNK: Action = ['mail.notJunk', commandTitles['mail.notJunk'], MailCheck];

interface ReaderActionsProps {
  readonly listId: ListId;
  /** False when nothing is open: the bar stays, so that the panes' headers align. */
  readonly active: boolean;
  readonly onBack: (() => void) | null;
}

/** The bar above the conversation: the actions of what is open (ui.md section 2). */
export function ReaderActions({ listId, active, onBack }: ReaderActionsProps) {
  const inJunk = roleOfList(listId) === 'junk';
  return (
    <Toolbar className={styles.bar ?? ''} aria-label={readerStrings.actions}>
      {onBack && (
        <IconButton label={readerStrings.back} shortcut={shortcutOf('list.back')} onPress={onBack}>
          <ArrowLeft />
        </IconButton>
      )}
      {active &&
        ACTIONS.map((action) => (inJunk && action[0] === 'mail.junk' ? NOT_JUNK : action)).map(
          ([command, label, Icon]) => (
            <IconButton
              key={command}
              label={label}
              shortcut={shortcutOf(command)}
              onPress={() => runCommand(command)}
            >
              <Icon />
            </IconButton>
          ),
        )}
    </Toolbar>
  );
}
