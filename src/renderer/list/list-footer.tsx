import { listStrings } from '../strings/list';
import styles from './message-list.module.css';

interface ListFooterProps {
  readonly coverage: { readonly here: number; readonly all: number } | null;
  readonly online: boolean;
}

/** How much of the list is on this computer; gone once everything is (APP-009). */
export function ListFooter({ coverage, online }: ListFooterProps) {
  if (!coverage) return null;
  const sentence = online ? listStrings.coverage : listStrings.offlineCoverage;
  return <footer className={styles.footer}>{sentence(coverage.here, coverage.all)}</footer>;
}
