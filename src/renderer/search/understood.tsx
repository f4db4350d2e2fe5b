import type { SearchToken } from '../../shared/contract/search-views';
import { listed } from '../strings/plural';
import { searchStrings } from '../strings/search';
import { Chip } from '../ui/chip';
import styles from './understood.module.css';

/**
 * How a query was read (SYNC-360): as chips where it is more than plain words, and in words what looked like an operator
 * and is none.
 */
export function Understood({ tokens }: { readonly tokens: readonly SearchToken[] }) {
  const plain = tokens.every(({ kind, negated, understood }) => kind === 'word' && !negated && understood);
  if (plain) return null;
  const strange = tokens.filter(({ understood }) => !understood);
  return (
    <div className={styles.line}>
      <ul aria-label={searchStrings.understood} className={styles.chips}>
        {tokens.map((token, at) =>
          token.kind === 'not' ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the query.
            <li key={at}>
              <Chip>
                <bdi>{words(token)}</bdi>
              </Chip>
            </li>
          ),
        )}
      </ul>
      {strange.length > 0 && (
        <p className={styles.strange}>
          {searchStrings.notUnderstood(listed(strange.map(({ text }) => searchStrings.phrase(text))))}
        </p>
      )}
    </div>
  );
}

function words({ kind, text, operator, negated }: SearchToken): string {
  const said =
    operator !== null
      ? searchStrings.operator(operator, text)
      : kind === 'phrase'
        ? searchStrings.phrase(text)
        : kind === 'or'
          ? searchStrings.or
          : text;
  return negated ? searchStrings.negated(said) : said;
}
