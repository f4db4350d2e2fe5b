import {
  AlarmClock,
  Archive,
  Clock,
  Forward,
  Mail,
  MailOpen,
  Paperclip,
  Reply,
  Star,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { ListRow } from '../../shared/contract/views';
import { listStrings } from '../strings/list';
import styles from './message-row.module.css';
import marks from './row-marks.module.css';
import type { RowTimes } from './row-time';
import { snoozeTime } from './snooze-words';

/** What a control of a row does; the grid reads it from `data-control`. */
export const ROW_CONTROLS = ['select', 'star', 'archive', 'trash', 'snooze', 'seen', 'parked'] as const;
export type RowControl = (typeof ROW_CONTROLS)[number];

/** Controls are not in the tab order: Right arrow enters them (ui.md section 8). */
const control = (name: RowControl) => ({ type: 'button' as const, tabIndex: -1, 'data-control': name });

export function StarButton({ starred }: { readonly starred: boolean }) {
  return (
    <button {...control('star')} aria-pressed={starred} aria-label={listStrings.star} className={styles.star}>
      <Star size={16} />
    </button>
  );
}

/** Small marks before the time, the paper clip in a column of its own; the row's name says the same in words. */
export function RowIcons({ row }: { readonly row: ListRow }) {
  return (
    <>
      {(row.answered || row.forwarded) && (
        <span className={marks.icons} aria-hidden>
          {row.answered && <Reply size={16} />}
          {row.forwarded && <Forward size={16} />}
        </span>
      )}
      <span className={marks.clip} aria-hidden>
        {row.hasAttachment && <Paperclip size={16} />}
      </span>
    </>
  );
}

interface RowTimeProps {
  readonly row: ListRow;
  readonly times: RowTimes;
  readonly today: number;
}

/** When it came; of what is put off when it comes back, and of what is back since when (UI-024). */
export function RowTime({ row, times, today }: RowTimeProps) {
  const { snoozedUntil, backSince, date } = row;
  if (snoozedUntil !== null) return snoozeTime(snoozedUntil, today);
  if (backSince === null) return times.short(date, today);
  const time = times.short(backSince, today);
  return (
    <span className={styles.back}>
      <span className={styles.backWords}>{listStrings.backSince(time)}</span>
      <span className={styles.backShort}>
        <AlarmClock size={14} aria-hidden />
        {time}
      </span>
    </span>
  );
}

interface MarkProps {
  readonly mark: ListRow['mark'];
  /** What is wrong, for a row that needs attention (APP-194). */
  readonly trouble: string | null;
}

/** Waiting = a small clock; needs attention = a triangle (UI-024); the quick actions open the entry. */
export function RowMarkIcon({ mark, trouble }: MarkProps) {
  switch (mark) {
    case 'none':
      return null;
    case 'waiting':
      return (
        <span className={marks.waiting} title={listStrings.waiting}>
          <Clock size={14} aria-hidden />
        </span>
      );
    case 'parked':
      return (
        <span className={marks.parked} title={trouble ?? listStrings.parked}>
          <TriangleAlert size={16} aria-hidden />
        </span>
      );
  }
}

interface QuickActionsProps extends MarkProps {
  readonly unread: boolean;
}

/** The same actions for pointer and keyboard (APP-059); select and star are in the row already. */
export function QuickActions({ unread, mark, trouble }: QuickActionsProps) {
  return (
    <span className={styles.quick}>
      {mark === 'parked' && (
        <Quick name="parked" label={listStrings.reviewOf(trouble)}>
          <TriangleAlert size={16} />
        </Quick>
      )}
      <Quick name="archive" label={listStrings.archive}>
        <Archive size={16} />
      </Quick>
      <Quick name="trash" label={listStrings.trash}>
        <Trash2 size={16} />
      </Quick>
      <Quick name="snooze" label={listStrings.snooze}>
        <AlarmClock size={16} />
      </Quick>
      <Quick name="seen" label={unread ? listStrings.markRead : listStrings.markUnread}>
        {unread ? <MailOpen size={16} /> : <Mail size={16} />}
      </Quick>
    </span>
  );
}

interface QuickProps {
  readonly name: RowControl;
  readonly label: string;
  readonly children: ReactNode;
}

function Quick({ name, label, children }: QuickProps) {
  return (
    <button {...control(name)} title={label} aria-label={label} className={styles.quickButton}>
      {children}
    </button>
  );
}
