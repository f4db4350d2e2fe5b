import type { MessageId } from '../../shared/domain';
import { type Outcome, ok } from '../../shared/outcome';
import { attachmentPlace } from '../store/read/attachments';
import { placementsOf } from '../store/read/placements';
import { storeAttachment, storeSource } from '../store/write/store-bodies';
import type { RunnerContext } from './runner-context';

/** One attachment by its position, or the whole source (`attachment: null`). */
export interface ContentRequest {
  readonly messageId: MessageId;
  readonly attachment: number | null;
}

/** Bytes of a message that were left on the server: fetched when somebody opens them (SYNC-343, SYNC-344). */
export async function fetchContent(
  context: RunnerContext,
  request: ContentRequest,
  signal: AbortSignal,
): Promise<Outcome<'here' | 'gone'>> {
  const { store, connector } = context;
  const { messageId, attachment } = request;
  const place = attachment === null ? null : attachmentPlace(store.read, messageId, attachment);
  if (place?.here) return ok('here');
  store.space.requireRoom();
  const copy = placementsOf(store.read, messageId).find((placement) => placement.verified);
  if (!copy) return ok('gone');
  const connected = await connector.connect('interactive', signal);
  if (!connected.ok) return connected;

  if (attachment !== null && place?.section) {
    const part = await connector.fetchPart(copy.remoteKey, copy, place.section, signal);
    if (!part.ok) return part;
    if (!part.value) return ok('gone');
    const content = part.value;
    store.writeTx('server', (tx) => storeAttachment(tx, messageId, attachment, content));
    return ok('here');
  }
  const source = await connector.fetchSource(copy.remoteKey, copy, signal);
  if (!source.ok) return source;
  if (!source.value) return ok('gone');
  const content = source.value;
  store.writeTx('server', (tx) => storeSource(tx, messageId, content));
  return ok('here');
}
