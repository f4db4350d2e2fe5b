import type { PreviewView } from '../../shared/contract/preview-views';
import { previewStrings } from '../strings/preview';
import styles from './table-preview.module.css';

interface TablePreviewProps {
  readonly name: string;
  readonly table: Extract<PreviewView, { kind: 'table' }>;
}

const NUMBER = /^[-+]?[\d\s.,']*\d\s*[%€$£¥]?$/;

/** Separated values as a table: the first row is the heading, columns of numbers stand to the right. */
export function TablePreview({ name, table: { rows, truncated } }: TablePreviewProps) {
  const [heading = [], ...body] = rows;
  const numeric = heading.map((_, column) =>
    body.some((row) => NUMBER.test(row[column] ?? ''))
      ? body.every((row) => row[column] === '' || NUMBER.test(row[column] ?? ''))
      : false,
  );
  return (
    <>
      <p className={styles.size}>{previewStrings.tableSize(body.length, heading.length)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
      <section className={styles.box} aria-label={name} tabIndex={0} data-selectable>
        <table className={styles.table}>
          <thead>
            <tr>
              {heading.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
                <th key={column} scope="col" data-numeric={numeric[column] || undefined}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file never move
              <tr key={at}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={column} data-numeric={numeric[column] || undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {truncated && <p className={styles.size}>{previewStrings.cutTable(body.length)}</p>}
    </>
  );
}
