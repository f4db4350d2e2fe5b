import { canRun } from '../commands/registry';
import { showToast } from '../feedback/toast-store';
import type { ListController } from '../list/list-controller';
import { isSnoozedList } from '../list/list-title';
import { openList } from '../list/open-list';
import { startOfDay } from '../list/row-time';
import type { Selection } from '../list/selection';
import { snoozePhrase } from '../list/snooze-words';
import { openDialog } from '../state/ui-store';
import { actionStrings } from '../strings/actions';
import { snoozeStrings } from '../strings/snooze';
import { menuPoint } from '../ui/menu-point';
import { chosenRows, organise } from './organise';

/** Puts rows off until an instant (milliseconds UTC) or one of SNOOZE_UNTIL, with one undo. */
export function snoozeUntil(list: ListController, rows: Selection, until: number): void {
  const phrase = snoozePhrase(until, startOfDay(Date.now()));
  void organise(list, rows, {
    name: 'snooze',
    mutation: { kind: 'snooze', until },
    done: (count) => actionStrings.done.snooze(count, phrase),
    change: (row) => (row.snoozedUntil === null ? row : { ...row, snoozedUntil: until, date: until }),
  });
}

/** Asks until when, beside what has the focus: the row, or the button that was pressed. */
export function openSnoozeMenu(given?: Selection): void {
  const list = openList();
  const rows = given ?? (list && chosenRows(list));
  if (!list || !rows) return;
  if (!canRun('mail.snooze')) {
    showToast({ tone: 'done', text: snoozeStrings.notHere });
    return;
  }
  openDialog({ kind: 'snooze', rows, at: menuPoint(), asleep: isSnoozedList(list.snapshot().query.listId) });
}
