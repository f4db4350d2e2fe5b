import { CalendarDays, Clock, MapPin, NotebookText, Repeat, User, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CalendarEntryView, PreviewView } from '../../shared/contract/preview-views';
import type { Person } from '../../shared/domain';
import { previewStrings } from '../strings/preview';
import { useZone } from '../strings/zone';
import { Chip } from '../ui/chip';
import { entryTimes } from './calendar-times';
import styles from './cards.module.css';

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeZone: 'UTC' });

/** Cards of a calendar file: what, when in my zone and the organiser's, where, who. */
export function CalendarPreview({
  calendar: { method, entries, more },
}: {
  readonly calendar: Extract<PreviewView, { kind: 'calendar' }>;
}) {
  return (
    <div className={styles.cards} data-selectable>
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of a file never move
        <Entry key={at} entry={entry} method={method} />
      ))}
      {more > 0 && <p className={styles.more}>{previewStrings.moreEntries(more)}</p>}
    </div>
  );
}

interface EntryProps {
  readonly entry: CalendarEntryView;
  readonly method: Extract<PreviewView, { kind: 'calendar' }>['method'];
}

function Entry({ entry, method }: EntryProps) {
  const times = entryTimes(entry, undefined, useZone());
  const { repeats, attendees, organizer } = entry;
  const isOff = entry.status === 'cancelled' || method === 'cancel';
  return (
    <article className={styles.card} aria-label={entry.summary || previewStrings.noTitle}>
      <header className={styles.head}>
        <span className={styles.mark} aria-hidden>
          <CalendarDays />
        </span>
        <div className={styles.names}>
          <p className={styles.kind}>
            {method === null ? previewStrings[entry.kind] : previewStrings.methods[method]}
          </p>
          <h3 className={`${styles.title} ${isOff ? styles.off : ''}`}>
            <bdi>{entry.summary || previewStrings.noTitle}</bdi>
          </h3>
        </div>
        {isOff && <Chip hue={3}>{previewStrings.cancelled}</Chip>}
        {entry.status === 'tentative' && !isOff && <Chip hue={6}>{previewStrings.tentative}</Chip>}
      </header>
      <dl className={styles.facts}>
        {times && (
          <Fact
            icon={<Clock />}
            name={entry.kind === 'task' && entry.start === null ? previewStrings.due : previewStrings.when}
          >
            <p className={styles.strong}>{times.mine}</p>
            {times.organiser && <p className={styles.aside}>{times.organiser}</p>}
            {times.note && <p className={styles.aside}>{times.note}</p>}
          </Fact>
        )}
        {repeats && (
          <Fact icon={<Repeat />} name={previewStrings.repeats}>
            {previewStrings.every(
              repeats,
              repeats.until === null ? '' : date.format(Date.parse(repeats.until)),
            )}
          </Fact>
        )}
        {entry.location !== '' && (
          <Fact icon={<MapPin />} name={previewStrings.where}>
            <bdi>{entry.location}</bdi>
          </Fact>
        )}
        {organizer && (
          <Fact icon={<User />} name={previewStrings.organizer}>
            <Named person={organizer} />
          </Fact>
        )}
        {attendees.length > 0 && (
          <Fact icon={<Users />} name={previewStrings.guests}>
            <ul className={styles.people}>
              {attendees.map(({ person, answer }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: guests may be named twice
                <li key={at}>
                  <Named person={person} />
                  <span className={styles.aside}> {previewStrings.answers[answer]}</span>
                </li>
              ))}
              {entry.moreAttendees > 0 && <li>{previewStrings.moreGuests(entry.moreAttendees)}</li>}
            </ul>
          </Fact>
        )}
        {entry.description !== '' && (
          <Fact icon={<NotebookText />} name={previewStrings.notes}>
            <p className={styles.note}>{entry.description}</p>
          </Fact>
        )}
      </dl>
    </article>
  );
}

interface FactProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly children: ReactNode;
}

export function Fact({ icon, name, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>
        <span aria-hidden>{icon}</span>
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Named({ person: { name, address } }: { readonly person: Person }) {
  return (
    <bdi>
      {name || address}
      {name !== '' && name !== address && <span className={styles.aside}> {address}</span>}
    </bdi>
  );
}
