import { Ellipsis } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Toolbar } from 'react-aria-components';
import type { ListId } from '../../shared/domain';
import { commandVariants } from '../../shared/keyboard/command-titles';
import { roleOfList } from '../actions/known';
import type { CommandId } from '../commands/catalogue';
import { CommandButton } from '../commands/command-button';
import { CommandItems } from '../commands/command-items';
import { useOpenList } from '../list/open-list';
import { readerStrings } from '../strings/reader';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import styles from './reading-pane.module.css';

const actions = (junk: CommandId): readonly CommandId[] => [
  'compose.reply',
  'compose.replyAll',
  'compose.forward',
  'mail.archive',
  'mail.trash',
  junk,
  'mail.snooze',
  'mail.markUnread',
  'mail.star',
  'mail.move',
  'mail.label',
];
const ACTIONS = actions('mail.junk');
const ACTIONS_IN_JUNK = actions('mail.notJunk');

/** So many stand in a narrow bar beside the way back; the others wait in its menu. */
const ALWAYS = 5;

interface ReaderActionsProps {
  readonly listId: ListId;
  /** What is open; null: the bar stays, so that the panes' headers align. */
  readonly itemId: number | null;
  /** There is a list to go back to, in the reader's place. */
  readonly hasBack: boolean;
}

/** The bar above the conversation: the actions of what is open (ui.md section 2). */
export function ReaderActions({ listId, itemId, hasBack }: ReaderActionsProps) {
  const starred = useStarred(itemId);
  const ids = roleOfList(listId) === 'junk' ? ACTIONS_IN_JUNK : ACTIONS;
  return (
    <Toolbar className={styles.bar ?? ''} aria-label={readerStrings.actions}>
      {hasBack && <CommandButton id="list.back" />}
      {itemId !== null &&
        ids.map((id, at) => (
          <span key={id} className={at < ALWAYS ? styles.action : styles.roomy}>
            {id === 'mail.star' && starred ? (
              <CommandButton id={id} title={commandVariants[id].starred} iconClass={styles.starred} />
            ) : (
              <CommandButton id={id} />
            )}
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
            <CommandItems groups={[ids.slice(ALWAYS)]} />
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
