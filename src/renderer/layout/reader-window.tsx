import { useEffect, useRef, useState } from 'react';
import type { RowRoute } from '../../shared/contract/window-route';
import type { MessageId, ThreadId } from '../../shared/domain';
import { ActionDialogs } from '../actions/action-dialogs';
import { useMailCommands } from '../actions/use-mail-commands';
import { useCommand } from '../commands/registry';
import { MAIL_REGION } from '../commands/use-shortcuts';
import { ComposerDock } from '../compose/composer-dock';
import { useComposeCommands } from '../compose/use-compose-commands';
import { stepInList } from '../list/use-list-commands';
import { useListController } from '../list/use-list-controller';
import { useTellLooking } from '../list/use-looking';
import { ReadingPane } from '../reader/reading-pane';
import { openItem, useUi } from '../state/ui-store';
import { appStrings } from '../strings/app';
import { layoutStrings } from '../strings/layout';
import { readerStrings } from '../strings/reader';
import { useLiveQuery } from '../transport/use-live-query';
import { EmptyState } from '../ui/empty-state';
import styles from './reader-window.module.css';
import { focusRegion } from './regions';
import { useCloseWhenDone } from './use-close-when-done';
import { usePaneCommands } from './use-layout-commands';

/** Rows around the one that is shown, so that the next one is here when it is wanted. */
const AROUND_ROWS = 10;

/** A window of its own for one row (UI-003): the reader alone, with the same commands, toasts and composers. */
export function ReaderWindow({ route }: { readonly route: RowRoute }) {
  const { listId, mode } = route;
  const openItemId = useUi((state) => state.openItemId);
  const lists = useLiveQuery('lists.list', {}, ['lists']).data;
  // Switched between conversations and messages meanwhile, the list's rows are other things than what is shown here.
  const sameRows = lists === undefined || lists.find(({ id }) => id === listId)?.mode === mode;
  const { list, snapshot } = useListController(listId, mode, sameRows);
  const [first] = useState(route);
  useMailCommands();
  useComposeCommands();
  usePaneCommands();
  const close = () => window.close();
  useCommand('window.close', close);
  useCommand('list.back', close);
  const turn = (step: 1 | -1) => {
    const itemId = stepInList(list, step);
    if (itemId !== null) openItem(itemId);
  };
  const canTurn = () => sameRows && (list.snapshot().total ?? 0) > 0;
  useCommand('list.next', () => turn(1), canTurn);
  useCommand('list.previous', () => turn(-1), canTurn);

  // After the list has begun at its top, as lists do.
  useEffect(() => list.startAt(first.itemId), [list, first]);
  const { focusIndex } = snapshot;
  useEffect(
    () => list.look(Math.max(0, focusIndex - AROUND_ROWS), focusIndex + AROUND_ROWS),
    [list, focusIndex],
  );
  const shownMessage = openItemId === null ? undefined : list.rowOf(openItemId)?.messageId;
  useTellLooking(
    () => ({ listId, messageIds: shownMessage === undefined ? [] : [shownMessage] }),
    `${shownMessage}`,
    list,
  );
  const subject = useSubject(route, openItemId);
  useEffect(() => {
    document.title = subject ?? appStrings.title(0);
    // Once there is something to focus; whoever has begun to answer goes on.
    if (subject !== null && document.activeElement === document.body) focusRegion('reader');
  }, [subject]);
  useEnd(list, openItemId);

  return (
    <div className={styles.screen}>
      <main className={styles.main}>
        <section
          className={styles.reader}
          aria-label={layoutStrings.readingPane}
          data-region="reader"
          {...MAIL_REGION}
          onKeyDown={(event) => {
            // The pane hears its own; it may not be there yet, or no more.
            if (event.key === 'Escape' && event.target === event.currentTarget) close();
          }}
        >
          {openItemId === null ? (
            <EmptyState title={layoutStrings.doneHere} text={layoutStrings.doneHereText} />
          ) : (
            <ReadingPane
              listId={listId}
              itemId={openItemId}
              mode={mode}
              opened={openItemId === first.itemId ? (first.messageId ?? undefined) : undefined}
              hasBack={false}
            />
          )}
        </section>
      </main>
      <ActionDialogs />
      <ComposerDock />
    </div>
  );
}

/** What the window is called: as what it shows; null until that is here. */
function useSubject({ listId, mode }: RowRoute, itemId: number | null): string | null {
  const threads = mode === 'threads' && itemId !== null;
  const thread = useLiveQuery(
    'threads.get',
    { threadId: (itemId ?? 1) as ThreadId, listId },
    [`thread:${itemId}`],
    { enabled: threads },
  ).data;
  const message = useLiveQuery(
    'messages.get',
    { messageId: (itemId ?? 1) as MessageId },
    [`body:${itemId}`, 'lists'],
    { enabled: mode === 'messages' && itemId !== null },
  ).data;
  const shown = threads ? thread : message;
  return shown ? shown.subject || readerStrings.noSubject : null;
}

/**
 * What was shown has left its list and nothing follows on it: the window closes once there is nothing left to take back.
 * Taken back, it is shown again.
 */
function useEnd(list: ReturnType<typeof useListController>['list'], openItemId: number | null): void {
  const last = useRef(openItemId);
  useEffect(() => {
    if (openItemId !== null) {
      last.current = openItemId;
      return;
    }
    return list.subscribe(() => {
      if (last.current !== null && list.indexOf(last.current) !== undefined) openItem(last.current);
    });
  }, [list, openItemId]);
  useCloseWhenDone(openItemId === null);
}
