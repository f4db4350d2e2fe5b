/** What one calendar or contact file may cost us; each bound stops a way to make the reader slow or large. */

/** Characters read of a file: a year of one person's meetings is a tenth of it. */
export const MAX_CHARS = 2_000_000;
/** Characters of one unfolded line: embedded pictures are longer and are not shown. */
export const MAX_LINE_CHARS = 64 * 1024;
/** Components inside components; alarms in events in calendars are three. */
export const MAX_DEPTH = 8;
/** Components of a file, all kinds. */
export const MAX_COMPONENTS = 5000;
/** Properties of one component. */
export const MAX_PROPERTIES = 500;
/** Events or contacts of one file that are shown; the rest is counted. */
export const MAX_SHOWN = 50;
/** People of one event that are named; the rest is counted. */
export const MAX_ATTENDEES = 50;
/** Characters of a description or a note. */
export const MAX_NOTE_CHARS = 4000;
/** Characters of any other value. */
export const MAX_VALUE_CHARS = 500;
/** Numbers, addresses and links of one contact, each kind. */
export const MAX_ENTRIES = 20;
/** Observances of one time zone; real zones have two to a few dozen. */
export const MAX_OBSERVANCES = 100;
