import { SNOOZE_UNTIL } from '../../shared/domain';
import { snoozeStrings } from '../strings/snooze';
import { createRowTimes } from './row-time';

const times = createRowTimes(undefined);

/** What a row shows of when it comes back; `today` = startOfDay(now). */
export function snoozeTime(until: number, today: number): string {
  switch (until) {
    case SNOOZE_UNTIL.online:
      return snoozeStrings.whenOnline;
    case SNOOZE_UNTIL.answered:
      return snoozeStrings.whenAnswered;
    default:
      return times.until(until, today);
  }
}

/** The same within a sentence: "until Sat 09:00"; without `today` with the full date. */
export function snoozePhrase(until: number, today: number | null): string {
  switch (until) {
    case SNOOZE_UNTIL.online:
      return snoozeStrings.untilOnline;
    case SNOOZE_UNTIL.answered:
      return snoozeStrings.untilAnswered;
    default:
      return snoozeStrings.until(today === null ? times.full(until) : times.until(until, today));
  }
}
