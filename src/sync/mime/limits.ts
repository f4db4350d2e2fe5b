/** What one message may cost us. Each bound stops a way to make the engine slow or large (SYNC-130, SYNC-350). */

/** A header block beyond it is read up to here. */
export const MAX_HEADER_BLOCK_BYTES = 256 * 1024;
/** Fields per header; more is a loop or an attack. */
export const MAX_HEADER_FIELDS = 200;
export const MAX_HEADER_FIELD_BYTES = 64 * 1024;
/** Persons per field: more are neither shown nor indexed. */
export const MAX_PERSONS = 2000;
/** Threading looks at the first one and the last 99 (SYNC-323). */
export const MAX_REFERENCES = 100;
/** Multiparts inside multiparts; deeper ones are one opaque part. */
export const MAX_DEPTH = 50;
export const MAX_PARTS = 1000;
/** Text shown and indexed; the whole part is then offered as an attachment too. */
export const MAX_TEXT_BYTES = 25 * 1024 * 1024;
