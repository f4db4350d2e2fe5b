import { useState } from 'react';
import { previewStrings } from '../strings/preview';
import styles from './file-preview.module.css';
import type { PlacedFile } from './placed-file';
import { Loading, Problem } from './problem';
import { useContentUrl } from './use-content-url';

/** A picture as large as it fits; the browser decodes it from the host's safe copy. */
export function ImagePreview({ messageId, file, inside }: PlacedFile) {
  const url = useContentUrl(messageId, file.index, inside);
  const [failed, setFailed] = useState(false);
  if (failed || url === 'failed') return <Problem text={previewStrings.problems.broken} />;
  if (url === null) return <Loading />;
  return (
    <div className={styles.centre}>
      <img
        className={styles.image}
        src={url}
        alt={file.filename}
        draggable={false}
        onError={() => setFailed(true)}
      />
    </div>
  );
}
