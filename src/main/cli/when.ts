import type { FailureView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import { usage } from './usage';

/** A time without a zone would mean another instant on another computer. */
export const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds UTC of an ISO 8601 time with its zone; null stays null. */
export function parseTime(text: string | null): Outcome<number | null, FailureView> {
  if (text === null) return ok(null);
  const at = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at)
    ? usage('--at takes a time with its zone.', 'For example: --at 2026-05-04T08:00Z')
    : ok(at);
}
