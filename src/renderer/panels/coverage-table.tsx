import type { AccountView, MailboxView } from '../../shared/contract/views';
import { folderPath } from '../strings/folder-path';
import { statusStrings } from '../strings/status';
import { clockTime } from './clock-time';
import styles from './coverage-table.module.css';

interface CoverageTableProps {
  readonly account: AccountView;
  readonly mailboxes: readonly MailboxView[];
}

/** How much of each folder is on this computer (APP-195). */
export function CoverageTable({ account, mailboxes }: CoverageTableProps) {
  const isLocal = account.protocol === 'local';
  return (
    <table className={styles.table} aria-label={statusStrings.folders(account.name)}>
      <thead>
        <tr>
          <th scope="col">{statusStrings.coverageFolder}</th>
          <th scope="col">{statusStrings.coverageHeaders}</th>
          <th scope="col">{statusStrings.coverageBodies}</th>
          <th scope="col">{statusStrings.coverageIndexed}</th>
          {isLocal ? null : <th scope="col">{statusStrings.coverageVerified}</th>}
        </tr>
      </thead>
      <tbody>
        {mailboxes
          .filter(({ selectable }) => selectable)
          .map(({ id, role, path, stored, bodies, indexed, serverTotal, verifiedAt }) => (
            <tr key={id}>
              <th scope="row" title={path}>
                {folderPath({ role, path })}
              </th>
              <td>{statusStrings.coverage(stored, serverTotal)}</td>
              <td title={statusStrings.coverage(bodies, stored)}>
                {statusStrings.coverageShare(bodies, stored)}
              </td>
              <td title={statusStrings.coverage(indexed, stored)}>
                {statusStrings.coverageShare(indexed, stored)}
              </td>
              {isLocal ? null : (
                <td>{verifiedAt === null ? statusStrings.notVerified : clockTime(verifiedAt)}</td>
              )}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
