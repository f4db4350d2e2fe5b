import type { AccountView, MailboxView } from '../../shared/contract/views';
import { folderPath } from '../strings/folder-path';
import { statusStrings } from '../strings/status';
import styles from './coverage-table.module.css';

interface CoverageTableProps {
  readonly account: AccountView;
  readonly mailboxes: readonly MailboxView[];
}

/** How much of each folder is on this computer (APP-195). */
export function CoverageTable({ account, mailboxes }: CoverageTableProps) {
  return (
    <table className={styles.table} aria-label={statusStrings.folders(account.name)}>
      <thead>
        <tr>
          <th scope="col">{statusStrings.coverageFolder}</th>
          <th scope="col">{statusStrings.coverageHeaders}</th>
          <th scope="col">{statusStrings.coverageBodies}</th>
        </tr>
      </thead>
      <tbody>
        {mailboxes
          .filter(({ selectable }) => selectable)
          .map(({ id, role, path, stored, bodies, serverTotal }) => (
            <tr key={id}>
              <th scope="row" title={path}>
                {folderPath({ role, path })}
              </th>
              <td>{statusStrings.coverage(stored, serverTotal)}</td>
              <td>{statusStrings.coverage(bodies, stored)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
