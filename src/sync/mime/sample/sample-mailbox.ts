import { FLAGGED, type MailboxRole, SEEN } from '../../../shared/domain';
import { generateMessage } from './generate-message';
import { SeededRandom } from './seeded-random';
import { type Showpiece, showpieces } from './showpieces';

export interface SampleMessage {
  /** Name of the mailbox; equal names are one mailbox. */
  readonly path: string;
  readonly role: MailboxRole | null;
  readonly raw: Buffer;
  /** JMAP keywords. */
  readonly keywords: readonly string[];
  /** Milliseconds UTC, ascending. */
  readonly receivedAt: number;
}

interface Place {
  readonly path: string;
  readonly role: MailboxRole | null;
  readonly share: number;
}

const PATHS: Partial<Record<MailboxRole, string>> = { inbox: 'Inbox', sent: 'Sent', drafts: 'Drafts' };
const PLACES: readonly Place[] = [
  { path: 'Inbox', role: 'inbox', share: 0.68 },
  { path: 'Archive', role: 'archive', share: 0.12 },
  { path: 'Sent', role: 'sent', share: 0.08 },
  { path: 'Projects', role: null, share: 0.05 },
  { path: 'Travel', role: null, share: 0.03 },
  { path: 'Junk', role: 'junk', share: 0.02 },
  { path: 'Trash', role: 'trash', share: 0.02 },
];

/**
 * A whole mailbox of `count` messages, oldest first, ending shortly before `nowMs` (CLI-022). The newest ones are the
 * hand-written showpieces; a smaller count leaves out the oldest.
 */
export function* sampleMailbox(count: number, seed: number, nowMs: number): Generator<SampleMessage> {
  const pieces = showpieces(nowMs)
    .map(fromShowpiece)
    .sort((a, b) => b.receivedAt - a.receivedAt)
    .slice(0, count)
    .reverse();
  // Both kinds are in order of time: merge them.
  for (let index = count - pieces.length - 1; index >= 0; index--) {
    const message = fromGenerator(index, seed, nowMs);
    while (pieces[0] && pieces[0].receivedAt < message.receivedAt) yield pieces.shift() as SampleMessage;
    yield message;
  }
  yield* pieces;
}

function fromShowpiece({ role, raw, keywords, date }: Showpiece): SampleMessage {
  return { path: PATHS[role] ?? role, role, raw, keywords, receivedAt: date };
}

function fromGenerator(index: number, seed: number, nowMs: number): SampleMessage {
  const place = placeOf(new SeededRandom(seed, index, 9).next());
  const { raw, date, flags } = generateMessage(index, seed, nowMs, place.role === 'sent');
  const plain =
    place.role === 'junk' || place.role === 'trash' ? flags.filter((flag) => flag !== FLAGGED) : flags;
  const keywords = place.role === 'trash' && !plain.includes(SEEN) ? [...plain, SEEN] : plain;
  return { path: place.path, role: place.role, raw, keywords, receivedAt: date };
}

function placeOf(chance: number): Place {
  let sum = 0;
  for (const place of PLACES) {
    sum += place.share;
    if (chance < sum) return place;
  }
  return PLACES[0] as Place;
}
