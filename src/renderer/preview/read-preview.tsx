import type { AttachmentView } from '../../shared/contract/views';
import { previewStrings } from '../strings/preview';
import { useLiveQuery } from '../transport/use-live-query';
import { CalendarPreview } from './calendar-preview';
import { ContactsPreview } from './contacts-preview';
import styles from './file-preview.module.css';
import { MessagePreview } from './message-preview';
import type { PlacedFile } from './placed-file';
import { Loading, Problem } from './problem';
import { TablePreview } from './table-preview';

interface ReadPreviewProps extends PlacedFile {
  onLookInto(file: AttachmentView): void;
}

/** Everything the reader worker reads for us: it answers with plain values. */
export function ReadPreview({ messageId, file, inside, onLookInto }: ReadPreviewProps) {
  const { data, failure, pending } = useLiveQuery(
    'attachments.preview',
    { messageId, index: file.index, inside: [...inside] },
    [`body:${messageId}`],
  );
  if (pending) return <Loading />;
  if (data === undefined) return <Problem text={failure?.message ?? previewStrings.problems.broken} />;
  switch (data.kind) {
    case 'calendar':
      return <CalendarPreview calendar={data} />;
    case 'contacts':
      return <ContactsPreview contacts={data} />;
    case 'table':
      return <TablePreview name={file.filename} table={data} />;
    case 'message':
      return (
        <MessagePreview
          messageId={messageId}
          inside={[...inside, file.index]}
          message={data.message}
          onLookInto={onLookInto}
        />
      );
    case 'text':
      return (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
          <pre className={styles.plain} tabIndex={0} data-selectable>
            {data.text}
          </pre>
          {data.truncated && <p className={styles.note}>{previewStrings.cut}</p>}
        </>
      );
    case 'problem':
      return <Problem text={previewStrings.problems[data.problem]} />;
  }
}
