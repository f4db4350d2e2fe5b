import type { Settings } from '../../shared/contract/settings';
import { settingsStrings } from '../strings/settings';

type Quiet = Settings['notifications']['quiet'] & {};

const NEVER = 'never';
/** Offered spans in hours of the day; any other can stand in the settings document. */
const SPANS = [
  [20, 7],
  [22, 7],
  [23, 8],
] as const;

/** The span as one text, for a choice among several. */
export function quietKey(quiet: Quiet | null): string {
  return quiet === null ? NEVER : `${quiet.from}-${quiet.until}`;
}

/** What `quietKey` was made of. */
export function quietOf(key: string): Quiet | null {
  const [, from, until] = /^(\d+)-(\d+)$/.exec(key) ?? [];
  return from === undefined || until === undefined ? null : { from: Number(from), until: Number(until) };
}

/** The usual spans, and the present one when it is another. */
export function quietOptions(present: Quiet | null): readonly { value: string; label: string }[] {
  const usual = SPANS.map(([from, until]) => quietKey({ from: from * 60, until: until * 60 }));
  const keys = new Set([NEVER, ...usual, quietKey(present)]);
  return [...keys].map((value) => ({ value, label: quietLabel(quietOf(value)) }));
}

function quietLabel(quiet: Quiet | null): string {
  const { never, between } = settingsStrings.quiet;
  return quiet === null ? never : between(timeOfDay(quiet.from), timeOfDay(quiet.until));
}

function timeOfDay(minute: number): string {
  return new Date(2000, 0, 1, 0, minute).toLocaleTimeString(undefined, {
    hour: 'numeric',
    minute: '2-digit',
  });
}
