import { useLiveQuery } from '../transport/use-live-query';
import styles from './coverage-line.module.css';
import { missingWords } from './coverage-words';
import type { Found } from './search-runner';

/** What the search could not see, below what it found (APP-168); gone once everything can be found. */
export function CoverageLine({ found }: { readonly found: Found }) {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const missing = missingWords(found.pages.facts?.coverage ?? [], accounts);
  if (missing.length === 0) return null;
  return <footer className={styles.line}>{missing.join(' ')}</footer>;
}
