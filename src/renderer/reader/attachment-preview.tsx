import { useEffect, useState } from 'react';
import type { AttachmentView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import { readerStrings } from '../strings/reader';
import { call } from '../transport/call';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import styles from './attachments.module.css';
import { previewKind } from './preview-kind';
import { openPart, saveParts } from './save-parts';

interface AttachmentPreviewProps {
  readonly messageId: MessageId;
  readonly file: AttachmentView;
  onClose(): void;
}

/** Longer text shows its beginning. In characters. */
const MAX_TEXT = 200_000;

/** A picture or a text file, looked at inside the app (APP-089). */
export function AttachmentPreview({ messageId, file, onClose }: AttachmentPreviewProps) {
  return (
    <Dialog
      title={file.filename || readerStrings.unnamed}
      size={800}
      onClose={onClose}
      actions={
        <>
          <Button onPress={() => void openPart(messageId, file.index)}>{readerStrings.open}</Button>
          <Button variant="primary" onPress={() => void saveParts(messageId, [file.index])}>
            {readerStrings.save}
          </Button>
        </>
      }
    >
      <Content messageId={messageId} file={file} />
    </Dialog>
  );
}

type Content = { readonly kind: 'image' | 'text' | 'failed'; readonly value: string };

function Content({ messageId, file }: Omit<AttachmentPreviewProps, 'onClose'>) {
  const [content, setContent] = useState<Content | null>(null);
  useEffect(() => {
    let current = true;
    void load(messageId, file).then((loaded) => current && setContent(loaded));
    return () => {
      current = false;
    };
  }, [messageId, file]);
  switch (content?.kind) {
    case undefined:
      return null;
    case 'image':
      return <img className={styles.image} src={content.value} alt={file.filename} draggable={false} />;
    case 'text':
      return (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
          <pre className={styles.plain} tabIndex={0} data-selectable>
            {content.value.slice(0, MAX_TEXT)}
          </pre>
          {content.value.length > MAX_TEXT && <p>{readerStrings.previewCut}</p>}
        </>
      );
    case 'failed':
      return <p>{readerStrings.previewFailed}</p>;
  }
}

async function load(messageId: MessageId, file: AttachmentView): Promise<Content> {
  const failed: Content = { kind: 'failed', value: '' };
  const part = { kind: 'attachment', index: file.index } as const;
  const place = await call('content.url', { messageId, part, disposition: 'inline' });
  if (!place.ok) return failed;
  if (previewKind(file) === 'image') return { kind: 'image', value: place.value.url };
  const response = await fetch(place.value.url).catch(() => null);
  return response?.ok ? { kind: 'text', value: await response.text() } : failed;
}
