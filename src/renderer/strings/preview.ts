import type { CalendarEntryView, ContactView, PreviewProblem } from '../../shared/contract/preview-views';
import { plural } from '../../shared/plural';
import { count, number } from './plural';

type Repeats = NonNullable<CalendarEntryView['repeats']>;
const UNITS: Record<Repeats['frequency'], readonly [one: string, many: string]> = {
  secondly: ['second', 'seconds'],
  minutely: ['minute', 'minutes'],
  hourly: ['hour', 'hours'],
  daily: ['day', 'days'],
  weekly: ['week', 'weeks'],
  monthly: ['month', 'months'],
  yearly: ['year', 'years'],
};

/** Words of the look at an attachment. */
export const previewStrings = {
  save: 'Save',
  open: 'Open',
  back: (name: string) => `Back to ${name}`,
  loading: 'Opening the preview',
  unnamed: 'Unnamed file',
  problems: {
    'not-here': 'This file is not on this computer yet.',
    'too-large': 'This file is too large for a preview.',
    'too-deep': 'This file lies too deep inside other messages.',
    broken: 'This file is damaged or of another kind than its name says.',
    'no-preview': 'There is no preview for this kind of file.',
  } satisfies Record<PreviewProblem, string>,
  saveInstead: 'You can still save it and open it with another program.',
  cut: 'Only the beginning is shown.',
  cutTable: (rows: number) => `Only the first ${count(rows, { one: 'row', other: 'rows' })} are shown.`,

  // Tables
  tableSize: (rows: number, columns: number) =>
    `${count(rows, { one: 'row', other: 'rows' })}, ${count(columns, { one: 'column', other: 'columns' })}`,

  // Calendars
  methods: {
    request: 'Invitation',
    cancel: 'Cancellation',
    reply: 'Answer to an invitation',
    counter: 'Proposal of another time',
    publish: 'Calendar',
    other: 'Calendar',
  },
  event: 'Event',
  task: 'Task',
  noTitle: '(no title)',
  cancelled: 'Cancelled',
  tentative: 'Tentative',
  when: 'When',
  due: 'Due',
  where: 'Where',
  organizer: 'Organiser',
  guests: 'Guests',
  notes: 'Notes',
  repeats: 'Repeats',
  inZone: (time: string, zone: string) => `${time} in ${zone}`,
  zoneUnknown: (zone: string) =>
    `The time zone “${zone}” is not known, so this is the clock of the organiser.`,
  noZone: 'Local time, wherever you are',
  to: (from: string, to: string) => `${from} – ${to}`,
  every: ({ frequency, interval, count: times, until }: Repeats, untilText: string) => {
    const [one, many] = UNITS[frequency];
    const base = plural(interval, { one: `Every ${one}`, other: `Every ${number(interval)} ${many}` });
    if (times !== null) return `${base}, ${count(times, { one: 'time', other: 'times' })}`;
    return until === null ? base : `${base} until ${untilText}`;
  },
  answers: { accepted: 'accepted', declined: 'declined', tentative: 'maybe', waiting: 'no answer yet' },
  moreGuests: (people: number) => `and ${count(people, { one: 'other', other: 'others' })}`,
  moreEntries: (entries: number) =>
    `${count(entries, { one: 'more entry', other: 'more entries' })} in this file`,

  // Contacts
  noName: '(no name)',
  fields: {
    emails: 'E-mail',
    phones: 'Phone',
    addresses: 'Address',
    links: 'Web',
  } satisfies Record<keyof Pick<ContactView, 'emails' | 'phones' | 'addresses' | 'links'>, string>,
  birthday: 'Birthday',
  note: 'Note',
  uses: { home: 'home', work: 'work', mobile: 'mobile', fax: 'fax', other: '' },
  moreContacts: (contacts: number) =>
    `${count(contacts, { one: 'more contact', other: 'more contacts' })} in this file`,

  // Messages in messages
  noSubject: '(no subject)',
  from: 'From',
  toField: 'To',
  cc: 'Copy to',
  date: 'Date',
  message: (subject: string) => `Attached message: ${subject}`,
  textInstead: 'The formatted view did not open. This is the text of the message.',
  picturesBlocked: (pictures: number) =>
    `${count(pictures, { one: 'picture', other: 'pictures' })} not loaded`,
  showOnce: 'Show once',
  files: (files: number) => count(files, { one: 'attachment', other: 'attachments' }),
  previewFile: (name: string) => `Preview ${name}`,
  saveFile: (name: string) => `Save ${name}`,

  // PDF
  page: (page: number, pages: number) => `Page ${number(page)} of ${number(pages)}`,
  pages: (page: number, pages: number) => `${number(page)} / ${number(pages)}`,
  document: (name: string) => `Pages of ${name}`,
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  fitWidth: 'Fit to width',
  zoom: (percent: number) => `${number(percent)} %`,
  nextPage: 'Next page',
  previousPage: 'Previous page',
  morePages: (shown: number, pages: number) =>
    `Only the first ${number(shown)} of ${number(pages)} pages are shown.`,
  pageFailed: 'This page could not be drawn.',
  pdf: {
    encrypted: 'This PDF needs a password.',
    broken: 'This PDF is damaged.',
    'too-large': 'This PDF is too large for a preview.',
    'not-here': 'This file is not on this computer yet.',
  },
};
