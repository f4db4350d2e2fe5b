import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { AccountView, SyncLogView } from '../../shared/contract/views';
import { statusStrings } from '../strings/status';
import { useLiveQuery } from '../transport/use-live-query';
import { Select } from '../ui/select';
import { clockTime } from './clock-time';
import styles from './sync-log.module.css';

const ALL = 'all';
const PROBLEMS = 'problems';
const SHOWN = 50;

/** What was synced lately, newest first, by account or only what went wrong. */
export function SyncLog({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure className={styles.log ?? ''} isExpanded={isOpen} onExpandedChange={setOpen}>
      <Heading level={3}>
        <AriaButton slot="trigger" className={styles.trigger ?? ''}>
          {statusStrings.log}
          <ChevronRight aria-hidden />
        </AriaButton>
      </Heading>
      <DisclosurePanel>{isOpen ? <Entries accounts={accounts} /> : null}</DisclosurePanel>
    </Disclosure>
  );
}

function Entries({ accounts }: { readonly accounts: readonly AccountView[] }) {
  const [filter, setFilter] = useState<string>(ALL);
  const account = accounts.find(({ id }) => String(id) === filter);
  const rows =
    useLiveQuery('syncLog.list', { accountId: account?.id ?? null, afterId: 0, limit: 500 }, ['syncLog'], {
      keepPrevious: true,
    }).data ?? [];
  const shown = rows
    .filter(({ kind, result }) =>
      // The state and the watch an account has now stand above; that they were others is news only with a failure.
      filter === PROBLEMS
        ? result === 'error' || result === 'partial'
        : (kind !== 'state' && kind !== 'watch') || result !== 'ok',
    )
    .sort((a, b) => b.id - a.id)
    .slice(0, SHOWN);
  return (
    <div className={styles.entries}>
      <Select
        label={statusStrings.logFilter}
        labelHidden
        value={filter}
        onChange={setFilter}
        options={[
          { value: ALL, label: statusStrings.logAll },
          { value: PROBLEMS, label: statusStrings.logProblems },
          ...accounts.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      {shown.length === 0 ? <p className={styles.detail}>{statusStrings.logEmpty}</p> : null}
      <ol>
        {shown.map((row) => (
          <Entry
            key={row.id}
            row={row}
            account={accounts.find(({ id }) => id === row.accountId)?.name ?? ''}
          />
        ))}
      </ol>
    </div>
  );
}

function Entry({ row, account }: { readonly row: SyncLogView; readonly account: string }) {
  const what = row.failure
    ? row.failure.message
    : row.result === 'ok'
      ? statusStrings.logCounts(row)
      : row.result === null
        ? statusStrings.logRunning
        : statusStrings.logResult[row.result];
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={new Date(row.startedAt).toISOString()}>
        {clockTime(row.startedAt)}
      </time>
      <div>
        <p className={row.failure ? styles.bad : undefined}>
          {statusStrings.logKind[row.kind]}: {what}
        </p>
        <p className={styles.detail}>{statusStrings.activityPlace(account, row.mailbox)}</p>
      </div>
    </li>
  );
}
