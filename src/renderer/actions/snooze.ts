import type { ListController } from '../list/list-controller';
import { startOfDay } from '../list/row-time';
import type { Selection } from '../list/selection';
import { snoozePhrase } from '../list/snooze-words';
import { actionStrings } from '../strings/actions';
import { organise } from './organise';

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
