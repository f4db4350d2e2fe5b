import { useState } from 'react';
import type { MessageId } from '../../shared/domain';
import { MAX_WHOLE_CHARS } from '../../shared/viewer/limits';
import { showFailure } from '../feedback/undo';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';

interface Wanted {
  readonly messageId: MessageId;
  readonly as: 'html' | 'text';
  readonly charset: string | null;
}

export interface WholeBody {
  /** All of the body once it was asked for and is here; null = its beginning is shown. */
  readonly content: string | null;
  readonly isLoading: boolean;
  /** True when even that is too long. */
  readonly isCut: boolean;
  load(): void;
}

type Loaded = Pick<WholeBody, 'content' | 'isCut'> & { readonly key: string };

/** All of a long body, of which a message shows the beginning until somebody asks for the rest (APP-101). */
export function useWholeBody({ messageId, as, charset }: Wanted): WholeBody {
  const key = `${messageId} ${as} ${charset ?? ''}`;
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const mine = loaded?.key === key ? loaded : null;
  const load = async () => {
    setLoaded({ key, content: null, isCut: false });
    const part = { kind: 'body', as, charset } as const;
    const place = await call('content.url', { messageId, part, disposition: 'inline' });
    const response = place.ok ? await fetch(place.value.url).catch(() => null) : null;
    if (response?.ok) {
      const content = await response.text();
      setLoaded({ key, content: content.slice(0, MAX_WHOLE_CHARS), isCut: content.length > MAX_WHOLE_CHARS });
      return;
    }
    setLoaded(null);
    showFailure(
      readerStrings.restNotShown,
      place.ok ? { kind: 'not-found', message: readerStrings.noSource } : place.failure,
    );
  };
  return {
    content: mine?.content ?? null,
    isLoading: mine !== null && mine.content === null,
    isCut: mine?.isCut ?? false,
    load: () => void load(),
  };
}
