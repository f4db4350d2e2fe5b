import { useCallback, useEffect, useRef, useState } from 'react';
import type { MessageView } from '../../shared/contract/views';
import { useWork } from '../feedback/use-work';
import { formatSize } from '../list/format-size';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { request } from '../transport/request';
import { useHost } from '../transport/use-host';
import { Button } from '../ui/button';
import { Wait } from '../ui/wait';
import { BodyState } from './body-state';

interface MissingBodyProps {
  readonly message: MessageView;
}

/** A message whose text is not on this computer: it is fetched, or wished for when there is no way to the server. */
export function MissingBody({ message }: MissingBodyProps) {
  const online = useHost(({ status }) => status?.online ?? true);
  return online ? <Fetching key={message.id} message={message} /> : <NotHere message={message} />;
}

type Fetch = 'asking' | 'queued' | 'stopped' | { readonly problem: string };

/** Fetched at once; who does not want to wait can stop it and begin again. */
function Fetching({ message }: MissingBodyProps) {
  const { id, size } = message;
  const [state, setState] = useState<Fetch>('asking');
  const cancel = useRef<(() => void) | undefined>(undefined);
  const asked = useRef(false);
  const ask = useCallback(() => {
    setState('asking');
    const pending = request('bodies.request', { messageId: id });
    cancel.current = pending.cancel;
    void pending.answer.then((outcome) => {
      if (outcome.ok) {
        if (outcome.value.body === 'queued') setState('queued');
      } else if (outcome.failure.kind === 'cancelled') setState('stopped');
      else setState({ problem: `${outcome.failure.message} ${outcome.failure.hint ?? ''}` });
    });
  }, [id]);
  useEffect(() => {
    if (!asked.current) ask();
    asked.current = true;
  }, [ask]);
  const work = useWork(state === 'asking', {
    place: 'reader',
    doing: readerStrings.loading,
    cancel: () => cancel.current?.(),
    ownWords: true,
  });
  switch (state) {
    case 'asking':
      return (
        <Wait
          phase={work?.phase ?? null}
          text={readerStrings.loadingSize(formatSize(size))}
          onCancel={() => work?.stop?.()}
        />
      );
    case 'queued':
      return <BodyState text={readerStrings.willLoad} />;
    case 'stopped':
      return (
        <BodyState text={readerStrings.notLoaded(formatSize(size))}>
          <Button onPress={ask}>{readerStrings.loadNow}</Button>
        </BodyState>
      );
    default:
      return <BodyState text={state.problem} />;
  }
}

/** Offline and never downloaded: what is known, and a button that queues the rest (APP-098). */
function NotHere({ message }: MissingBodyProps) {
  const [queued, setQueued] = useState(message.body === 'queued');
  const wish = async () => {
    const outcome = await call('bodies.request', { messageId: message.id });
    setQueued(outcome.ok && outcome.value.body === 'queued');
  };
  return (
    <BodyState text={readerStrings.notHere(formatSize(message.size))}>
      {queued ? (
        <p>{readerStrings.willLoad}</p>
      ) : (
        <Button onPress={() => void wish()}>{readerStrings.loadWhenOnline}</Button>
      )}
    </BodyState>
  );
}
