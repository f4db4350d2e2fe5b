import { useLiveQuery } from '../transport/use-live-query';
import styles from './coverage-line.module.css';
import { missingWords } from './coverage-words';
import type { Found } from './search-runner';
import { ServerLine, type ServerSearch } from './server-search';

interface CoverageLineProps {
  readonly found: Found;
  readonly server: ServerSearch;
}

/** What the search could not see, below what it found, and the servers to ask (APP-168); gone once it sees everything. */
export function CoverageLine({ found, server }: CoverageLineProps) {
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const missing = missingWords(found.pages.facts?.coverage ?? [], accounts);
  if (missing.length === 0 && server.state === 'idle') return null;
  return (
    <footer className={styles.line}>
      {missing.length > 0 && <span>{missing.join(' ')}</span>}
      <ServerLine search={server} />
    </footer>
  );
}
