import { z } from 'zod';
import { Person } from '../domain';
import { AttachmentView, Instant, TextSegment } from './views';

/** A moment as a calendar file says it (RFC 5545 3.3.4, 3.3.5). */
export const WhenView = z.object({
  /** Null for whole days, for times of no zone, and where the zone is not known. */
  at: Instant.nullable(),
  /** The clock on the organiser's wall, `YYYY-MM-DDTHH:MM:SS`; for whole days `YYYY-MM-DD`. */
  local: z.string(),
  /** IANA name, or what the file calls it; null = UTC, no zone, or a whole day. */
  zone: z.string().nullable(),
});
export type WhenView = z.infer<typeof WhenView>;

/** How often an event comes back (RFC 5545 3.3.10), as far as a sentence can say it. */
export const RepeatView = z.object({
  frequency: z.enum(['secondly', 'minutely', 'hourly', 'daily', 'weekly', 'monthly', 'yearly']),
  interval: z.int().positive(),
  count: z.int().positive().nullable(),
  /** `YYYY-MM-DD`. */
  until: z.string().nullable(),
});

export const CalendarEntryView = z.object({
  kind: z.enum(['event', 'task']),
  summary: z.string(),
  location: z.string(),
  description: z.string(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']).nullable(),
  start: WhenView.nullable(),
  /** Exclusive for whole days, as in the file; of a task: when it is due. */
  end: WhenView.nullable(),
  repeats: RepeatView.nullable(),
  organizer: Person.nullable(),
  attendees: z.array(
    z.object({ person: Person, answer: z.enum(['accepted', 'declined', 'tentative', 'waiting']) }),
  ),
  /** Attendees beyond the ones named. */
  moreAttendees: z.int(),
});
export type CalendarEntryView = z.infer<typeof CalendarEntryView>;

const ContactEntry = z.object({
  value: z.string(),
  use: z.enum(['home', 'work', 'mobile', 'fax', 'other']),
});

export const ContactView = z.object({
  name: z.string(),
  organisation: z.string(),
  title: z.string(),
  emails: z.array(ContactEntry),
  phones: z.array(ContactEntry),
  /** Lines joined by line ends. */
  addresses: z.array(ContactEntry),
  links: z.array(ContactEntry),
  /** As in the file: `YYYY-MM-DD`, `--MM-DD`; '' when it says none. */
  birthday: z.string(),
  note: z.string(),
});
export type ContactView = z.infer<typeof ContactView>;

/** A message inside a message, read as far as the reader shows it. */
export const InnerMessageView = z.object({
  subject: z.string(),
  from: z.array(Person),
  to: z.array(Person),
  cc: z.array(Person),
  date: Instant.nullable(),
  segments: z.array(TextSegment),
  /** Unsanitised; only the isolated viewer frame may render it. */
  html: z.string().nullable(),
  truncated: z.boolean(),
  attachments: z.array(AttachmentView),
});
export type InnerMessageView = z.infer<typeof InnerMessageView>;

/** Why there is nothing to look at; expected with files of strangers. */
export const PreviewProblem = z.enum(['not-here', 'too-large', 'too-deep', 'broken', 'no-preview']);
export type PreviewProblem = z.infer<typeof PreviewProblem>;

/** What an attachment holds, read in the reader worker (APP-089); pictures and PDF are drawn from their bytes instead. */
export const PreviewView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('calendar'),
    /** iTIP (RFC 5546); null = a plain calendar file. */
    method: z.enum(['request', 'cancel', 'reply', 'counter', 'publish', 'other']).nullable(),
    entries: z.array(CalendarEntryView),
    /** Entries beyond the ones shown. */
    more: z.int(),
  }),
  z.object({ kind: z.literal('contacts'), contacts: z.array(ContactView), more: z.int() }),
  /** Rows of equal length; the first is the heading. */
  z.object({ kind: z.literal('table'), rows: z.array(z.array(z.string())), truncated: z.boolean() }),
  z.object({ kind: z.literal('text'), text: z.string(), truncated: z.boolean() }),
  z.object({ kind: z.literal('message'), message: InnerMessageView }),
  z.object({ kind: z.literal('problem'), problem: PreviewProblem }),
]);
export type PreviewView = z.infer<typeof PreviewView>;
