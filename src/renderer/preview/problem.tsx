import { FileX } from 'lucide-react';
import { useWork } from '../feedback/use-work';
import { previewStrings } from '../strings/preview';
import { EmptyState } from '../ui/empty-state';
import { Spoken } from '../ui/live-region';
import { Wait } from '../ui/wait';
import styles from './file-preview.module.css';

/** Why there is nothing to look at, and what one can do instead. */
export function Problem({ text }: { readonly text: string }) {
  return (
    <Spoken className={styles.centre}>
      <EmptyState icon={<FileX />} title={text} text={previewStrings.saveInstead} />
    </Spoken>
  );
}

/** While a file is being read; closing the preview is its Cancel. */
export function Loading() {
  const work = useWork(true, { place: 'none', doing: previewStrings.loading, ownWords: true });
  return <Wait phase={work?.phase ?? null} text={previewStrings.loading} share={null} />;
}
