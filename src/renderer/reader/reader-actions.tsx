import {
  AlarmClock,
  Archive,
  ArrowLeft,
  FolderInput,
  Forward,
  MailOpen,
  OctagonAlert,
  Reply,
  ReplyAll,
  Star,
  Tag,
  Trash2,
} from 'lucide-react';
import { Toolbar } from 'react-aria-components';
import type { CommandId } from '../commands/catalogue';
import { runCommand } from '../commands/registry';
import { composeStrings } from '../strings/compose';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
import styles from './reading-pane.module.css';

const ACTIONS: readonly (readonly [CommandId, string, string, typeof Archive])[] = [
  ['compose.reply', composeStrings.reply, 'R', Reply],
  ['compose.replyAll', composeStrings.replyAll, 'A', ReplyAll],
  ['compose.forward', composeStrings.forward, 'F', Forward],
  ['mail.archive', readerStrings.archive, 'E', Archive],
  ['mail.trash', readerStrings.trash, '#', Trash2],
  ['mail.junk', readerStrings.junk, '!', OctagonAlert],
  ['mail.snooze', readerStrings.snooze, 'B', AlarmClock],
  ['mail.markUnread', readerStrings.markUnread, 'Shift+U', MailOpen],
  ['mail.star', readerStrings.star, 'S', Star],
  ['mail.move', readerStrings.move, 'V', FolderInput],
  ['mail.label', readerStrings.label, 'L', Tag],
];

interface ReaderActionsProps {
  /** False when nothing is open: the bar stays, so that the panes' headers align. */
  readonly active: boolean;
  readonly onBack: (() => void) | null;
}

/** The bar above the conversation: the actions of what is open (ui.md section 2). */
export function ReaderActions({ active, onBack }: ReaderActionsProps) {
  return (
    <Toolbar className={styles.bar ?? ''} aria-label={readerStrings.actions}>
      {onBack && (
        <IconButton label={readerStrings.back} shortcut="U" onPress={onBack}>
          <ArrowLeft />
        </IconButton>
      )}
      {active &&
        ACTIONS.map(([command, label, shortcut, Icon]) => (
          <IconButton key={command} label={label} shortcut={shortcut} onPress={() => runCommand(command)}>
            <Icon />
          </IconButton>
        ))}
    </Toolbar>
  );
}
