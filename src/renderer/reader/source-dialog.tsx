import { useEffect, useRef, useState } from 'react';
import type { MessageId } from '../../shared/domain';
import { useWork } from '../feedback/use-work';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { request } from '../transport/request';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Wait } from '../ui/wait';
import { headerFields } from './header-fields';
import { saveParts } from './save-parts';
import styles from './source-dialog.module.css';

interface SourceDialogProps {
  readonly messageId: MessageId;
  onClose(): void;
}

/** Longer sources show their beginning; the saved file has all of it. In characters. */
const MAX_SOURCE = 300_000;

/** The decoded header fields, or the message byte for byte as the server sent it (APP-095). */
export function SourceDialog({ messageId, onClose }: SourceDialogProps) {
  const [raw, setRaw] = useState(false);
  return (
    <Dialog
      title={readerStrings.sourceTitle}
      size={800}
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => setRaw(!raw)}>{raw ? readerStrings.decoded : readerStrings.raw}</Button>
          <Button variant="primary" onPress={() => void saveParts(messageId, ['source'])}>
            {readerStrings.saveSource}
          </Button>
        </>
      }
    >
      {raw ? <RawSource messageId={messageId} /> : <Fields messageId={messageId} />}
    </Dialog>
  );
}

function Fields({ messageId }: { readonly messageId: MessageId }) {
  const { data, pending } = useLiveQuery('messages.headers', { messageId }, [`body:${messageId}`]);
  if (pending) return null;
  if (!data) return <p>{readerStrings.noSource}</p>;
  return (
    <dl className={styles.fields} data-selectable>
      {headerFields(data.raw).map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields repeat, their order is their identity
        <div key={index}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RawSource({ messageId }: { readonly messageId: MessageId }) {
  const [text, setText] = useState<string | null | undefined>(undefined);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => {
    const stopping = new AbortController();
    stop.current = () => stopping.abort();
    let current = true;
    void readSource(messageId, stopping.signal).then((source) => current && setText(source));
    return () => {
      current = false;
      stopping.abort();
    };
  }, [messageId]);
  const work = useWork(text === undefined, {
    place: 'none',
    doing: readerStrings.loadingSource,
    cancel: () => stop.current(),
    ownWords: true,
  });
  if (text === undefined)
    return (
      <Wait
        phase={work?.phase ?? null}
        text={readerStrings.loadingSource}
        share={null}
        onCancel={() => work?.stop?.()}
      />
    );
  if (text === null) return <p>{readerStrings.noSource}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key
    <pre className={styles.raw} tabIndex={0} data-selectable>
      {text.slice(0, MAX_SOURCE)}
    </pre>
  );
}

/** Of a large message only parts may be here: then the rest is fetched first. */
async function readSource(messageId: MessageId, stop: AbortSignal): Promise<string | null> {
  const stored = await fetchSource(messageId);
  if (stored !== null) return stored;
  const pending = request('source.request', { messageId });
  if (stop.aborted) pending.cancel();
  stop.addEventListener('abort', pending.cancel, { once: true });
  const requested = await pending.answer;
  return requested.ok && requested.value.state === 'here' ? fetchSource(messageId) : null;
}

async function fetchSource(messageId: MessageId): Promise<string | null> {
  const place = await call('content.url', { messageId, part: { kind: 'source' }, disposition: 'inline' });
  if (!place.ok) return null;
  const response = await fetch(place.value.url).catch(() => null);
  // A source is bytes, not text of one character set: Latin-1 shows each of them.
  return response?.ok ? new TextDecoder('latin1').decode(await response.arrayBuffer()) : null;
}
