import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { ChangeId } from '../../shared/domain';
import { showToast } from '../feedback/toast-store';
import { closeDialog } from '../state/ui-store';
import { changesStrings } from '../strings/changes';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { EmptyState } from '../ui/empty-state';
import { retryChanges } from './change-actions';
import { ChangeEntry } from './change-entry';
import styles from './changes-dialog.module.css';
import { diagnosticsOf } from './diagnostics';

const LIMIT = 1000;

export interface ChangesDialogProps {
  readonly show: 'parked' | 'all';
  /** The entry to begin at (APP-194). */
  readonly changeId?: ChangeId | undefined;
}

/** What is parked or still waiting (APP-193), each with what can be done about it. */
export function ChangesDialog({ show, changeId }: ChangesDialogProps) {
  const [tab, setTab] = useState<string>(show);
  const query = useLiveQuery('pending.list', { state: 'all', limit: LIMIT }, ['pending']);
  const accounts = useLiveQuery('accounts.list', {}, ['accounts']).data ?? [];
  const all = query.data ?? [];
  const parked = all.filter(({ state }) => state === 'parked');
  const waiting = all.filter(({ state }) => state !== 'parked');
  const shown = tab === 'parked' ? parked : waiting;
  const list = (changes: typeof all) => (
    <ul className={styles.list}>
      {changes.map((change) => (
        <ChangeEntry
          key={change.id}
          change={change}
          begin={change.id === changeId}
          account={accounts.find(({ id }) => id === change.accountId) ?? null}
        />
      ))}
    </ul>
  );
  return (
    <Dialog
      title={changesStrings.title}
      size={640}
      onClose={closeDialog}
      actions={
        shown.length > 0 ? (
          <>
            <Button variant="quiet" onPress={() => void copyDiagnostics(diagnosticsOf(all))}>
              {changesStrings.copyDiagnostics}
            </Button>
            <Button onPress={() => void retryChanges(shown.filter(({ retryable }) => retryable))}>
              {changesStrings.retryAll}
            </Button>
          </>
        ) : undefined
      }
    >
      <Tabs selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
        <TabList aria-label={changesStrings.title} className={styles.tabs ?? ''}>
          <Tab id="parked" className={styles.tab ?? ''}>
            {changesStrings.parkedTab(parked.length)}
          </Tab>
          <Tab id="all" className={styles.tab ?? ''}>
            {changesStrings.allTab(waiting.length)}
          </Tab>
        </TabList>
        <TabPanel id="parked" className={styles.panel ?? ''}>
          {parked.length > 0 ? list(parked) : <EmptyState title={changesStrings.parkedEmpty} />}
        </TabPanel>
        <TabPanel id="all" className={styles.panel ?? ''}>
          {waiting.length > 0 ? (
            list(waiting)
          ) : (
            <EmptyState title={changesStrings.waitingEmpty} text={changesStrings.waitingEmptyText} />
          )}
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}

async function copyDiagnostics(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ tone: 'done', text: changesStrings.diagnosticsCopied });
  } catch {
    showToast({ tone: 'failure', text: changesStrings.diagnosticsNotCopied });
  }
}
