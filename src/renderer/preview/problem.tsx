import { FileX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { previewStrings } from '../strings/preview';
import { EmptyState } from '../ui/empty-state';
import { Spoken } from '../ui/live-region';
import styles from './file-preview.module.css';

/** Why there is nothing to look at, and what one can do instead. */
export function Problem({ text }: { readonly text: string }) {
  return (
    <Spoken className={styles.centre}>
      <EmptyState icon={<FileX />} title={text} text={previewStrings.saveInstead} />
    </Spoken>
  );
}

/** What answers within this time needs no word about it. In milliseconds. */
const QUIET_MS = 300;

export function Loading() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), QUIET_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <Spoken as="p" className={styles.loading}>
      {late ? previewStrings.loading : ''}
    </Spoken>
  );
}
