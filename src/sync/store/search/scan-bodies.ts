import { MAX_SEARCHED_TEXTS } from '../../../shared/contract/search-views';
import type { ReadableDb } from '../handles';
import { getBody } from '../read/bodies';
import { MAX_INDEXED, type ReadableText } from './message-text';
import type { Plan } from './plan-search';
import { type Hit, type Place, walk } from './walk';
import { fold } from './words';

/** Texts looked through before the page is answered, so that the person sees progress and others are served. */
const SCAN_STEP = 300;

/**
 * The next hits that have every piece in their text. Answers after SCAN_STEP texts, found or not; `next.done` is how
 * many were looked through, null after MAX_SEARCHED_TEXTS of them or at the end.
 */
export function scanBodies(
  db: ReadableDb,
  plan: Plan,
  place: Place,
  limit: number,
  readable: ReadableText,
): { hits: Hit[]; next: Place | null } {
  const step = Math.min(SCAN_STEP, MAX_SEARCHED_TEXTS - place.done);
  const candidates = walk(db, plan, place.below, step);
  const hits: Hit[] = [];
  let looked = 0;
  for (const hit of candidates) {
    looked++;
    const body = getBody(db, hit.messageId);
    if (!body) continue;
    const text = fold(readable(body, MAX_INDEXED));
    if (plan.scans.every((piece) => text.includes(piece))) hits.push(hit);
    if (hits.length === limit) break;
  }
  const last = candidates[looked - 1];
  const done = place.done + looked;
  const ended =
    last === undefined || done >= MAX_SEARCHED_TEXTS || (looked === candidates.length && looked < step);
  return { hits, next: ended ? null : { below: last.rowid, done, count: null } };
}
