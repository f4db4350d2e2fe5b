import { useEffect, useState } from 'react';
import type { MessageId } from '../../shared/domain';
import { call } from '../transport/call';

/** Where the bytes of an attachment are; null while it is asked, 'failed' when they are not here. */
export function useContentUrl(
  messageId: MessageId,
  index: number,
  inside: readonly number[],
): string | 'failed' | null {
  const [url, setUrl] = useState<string | 'failed' | null>(null);
  const way = inside.join('.');
  useEffect(() => {
    let current = true;
    const part = {
      kind: 'attachment' as const,
      index,
      inside: way === '' ? [] : way.split('.').map(Number),
    };
    void call('content.url', { messageId, part, disposition: 'inline' }).then(
      (place) => current && setUrl(place.ok ? place.value.url : 'failed'),
    );
    return () => {
      current = false;
    };
  }, [messageId, index, way]);
  return url;
}
