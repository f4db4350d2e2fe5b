/** SYNC-301: all of the last hour, then one per 10 min for a day, one per day for 30 days, never more than 200. */
const ALL_FOR_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const STEP_MS = 10 * 60_000;
const KEPT_DAYS = 30;
const MOST = 200;

/** Revisions that are not kept any longer; `kept` newest first. The newest always stays. Pure. */
export function revisionsToDrop(
  kept: readonly { readonly revision: number; readonly saved_at: number }[],
  nowMs: number,
): number[] {
  const seen = new Set<string>();
  const drop: number[] = [];
  let left = 0;
  for (const [at, { revision, saved_at }] of kept.entries()) {
    const slot = slotOf(saved_at, nowMs);
    const stays = at === 0 || (left < MOST && slot !== 'too-old' && (slot === 'all' || !seen.has(slot)));
    if (stays) left += 1;
    else drop.push(revision);
    seen.add(slot);
  }
  return drop;
}

function slotOf(savedAt: number, nowMs: number): string {
  const age = nowMs - savedAt;
  if (age <= ALL_FOR_MS) return 'all';
  if (age <= DAY_MS) return `step ${Math.floor(savedAt / STEP_MS)}`;
  return age <= KEPT_DAYS * DAY_MS ? `day ${Math.floor(savedAt / DAY_MS)}` : 'too-old';
}
