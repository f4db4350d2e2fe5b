import { ArrowLeft, Download } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { AttachmentView } from '../../shared/contract/views';
import type { MessageId } from '../../shared/domain';
import { previewKind } from '../../shared/preview-kind';
import { openPart, saveParts } from '../reader/save-parts';
import { previewStrings } from '../strings/preview';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import styles from './file-preview.module.css';
import { ImagePreview } from './image-preview';
import type { PlacedFile } from './placed-file';
import { Loading, Problem } from './problem';
import { ReadPreview } from './read-preview';

/** The library for it is large and only loaded for a PDF (APP-348). */
const PdfPreview = lazy(() => import('./pdf-preview').then((module) => ({ default: module.PdfPreview })));

interface FilePreviewProps {
  readonly messageId: MessageId;
  readonly file: AttachmentView;
  onClose(): void;
}

/** A look at a file inside the app (APP-089). From a message in a message one comes back step by step. */
export function FilePreview({ messageId, file, onClose }: FilePreviewProps) {
  const [path, setPath] = useState<readonly PlacedFile[]>([{ messageId, file, inside: [] }]);
  const shown = path.at(-1) ?? { messageId, file, inside: [] };
  const before = path.at(-2);
  const isNested = shown.inside.length > 0;
  const kind = previewKind(shown.file);
  return (
    <Dialog
      title={shown.file.filename || previewStrings.unnamed}
      size={800}
      isTall={kind === 'image' || kind === 'pdf'}
      onClose={onClose}
      actions={
        <>
          {before && (
            <div className={styles.back}>
              <Button variant="quiet" icon={<ArrowLeft />} onPress={() => setPath(path.slice(0, -1))}>
                {previewStrings.back(before.file.filename || previewStrings.unnamed)}
              </Button>
            </div>
          )}
          {!isNested && (
            <Button onPress={() => void openPart(messageId, shown.file.index)}>{previewStrings.open}</Button>
          )}
          <Button
            variant="primary"
            icon={<Download />}
            onPress={() => void saveParts(messageId, [shown.file.index], shown.inside)}
          >
            {previewStrings.save}
          </Button>
        </>
      }
    >
      <Look
        key={path.length}
        {...shown}
        onLookInto={(inner) =>
          setPath([...path, { messageId, file: inner, inside: [...shown.inside, shown.file.index] }])
        }
      />
    </Dialog>
  );
}

interface LookProps extends PlacedFile {
  onLookInto(file: AttachmentView): void;
}

function Look(props: LookProps) {
  const { messageId, file, inside } = props;
  switch (previewKind(file)) {
    case 'image':
      return <ImagePreview messageId={messageId} file={file} inside={inside} />;
    case 'pdf':
      return (
        <Suspense fallback={<Loading />}>
          <PdfPreview messageId={messageId} file={file} inside={inside} />
        </Suspense>
      );
    case 'none':
      return <Problem text={previewStrings.problems['no-preview']} />;
    default:
      return <ReadPreview {...props} />;
  }
}
