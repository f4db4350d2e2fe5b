import { useEffect } from 'react';
import { call } from '../transport/call';
import { useLiveQuery } from '../transport/use-live-query';
import type { DraftSession } from './draft-session';
import { keepPicture, pictureUrl } from './pictures';
import { useDraft } from './sessions';

/** Fetches pictures of the text that were put in before this window began, from the draft's message. */
export function useDraftPictures(session: DraftSession): void {
  const { attachments } = useDraft(session);
  const messageId = useLiveQuery('drafts.list', {}, ['drafts']).data?.find(
    ({ id }) => id === session.id,
  )?.messageId;
  const missing = attachments
    .flatMap(({ contentId, state }) => (contentId !== null && state === 'here' ? contentId : []))
    .filter((contentId) => pictureUrl(contentId) === null)
    .join(' ');
  useEffect(() => {
    if (messageId == null) return;
    for (const contentId of missing.split(' ').filter(Boolean)) {
      const part = { kind: 'cid' as const, contentId };
      void call('content.url', { messageId, part, disposition: 'inline' }).then((place) => {
        if (place.ok) keepPicture(contentId, place.value.url);
      });
    }
  }, [messageId, missing]);
}
