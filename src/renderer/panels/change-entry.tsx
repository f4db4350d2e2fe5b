import { useState } from 'react';
import type { AccountView, PendingView } from '../../shared/contract/views';
import { mailboxName } from '../list/list-title';
import { changesStrings } from '../strings/changes';
import { useLiveQuery } from '../transport/use-live-query';
import { Button } from '../ui/button';
import { Details } from '../ui/details';
import { intoView } from '../ui/into-view';
import { AccountButton } from './account-button';
import { discardChange, retryChanges } from './change-actions';
import styles from './change-entry.module.css';
import { clockTime } from './clock-time';
import { SomethingElse } from './something-else';

interface ChangeEntryProps {
  readonly change: PendingView;
  /** Null while the accounts are not known yet. */
  readonly account: AccountView | null;
  /** True for the entry that was asked for: it takes the focus. */
  readonly begin: boolean;
}

/** One change: what was wanted, on which message, since when, what the server said, and what can be done. */
export function ChangeEntry({ change, account, begin }: ChangeEntryProps) {
  const [asking, setAsking] = useState(false);
  const parked = change.state === 'parked';
  const mailboxes = useLiveQuery('mailboxes.list', {}, ['mailboxes']).data ?? [];
  const isGone = change.serverMailboxIds.length === 0;
  const folders = mailboxes.filter(({ id }) => change.serverMailboxIds.includes(id)).map(mailboxName);
  const rest = change.targetCount - change.messages.length;
  const onItsWay = change.state === 'claimed' || change.state === 'probing';
  return (
    <li ref={begin ? takeFocus : undefined} tabIndex={-1} className={styles.entry}>
      <div className={styles.head}>
        <h3 className={styles.title}>{change.title}</h3>
        {asking || onItsWay ? null : (
          <span className={styles.actions}>
            <Button size="small" variant="quiet" onPress={() => setAsking(true)}>
              {changesStrings.discard}
            </Button>
            <SomethingElse change={change} />
            {change.retryable ? (
              <Button size="small" onPress={() => void retryChanges([change])}>
                {changesStrings.retry}
              </Button>
            ) : null}
          </span>
        )}
      </div>
      <ul className={styles.messages}>
        {change.messages.map(({ id, subject, from }) => (
          <li key={id}>
            {subject === '' ? changesStrings.noSubject : subject} <span>{from}</span>
          </li>
        ))}
        {rest > 0 ? <li>{changesStrings.more(rest)}</li> : null}
      </ul>
      <p className={styles.facts}>
        {[
          changesStrings.since(clockTime(change.createdAt), account?.name ?? ''),
          changesStrings.origin(change.origin),
          attemptWords(change),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {change.state === 'waiting' && account !== null ? (
        <div className={styles.waits}>
          {change.failure === null || !isWell(account) ? (
            <p>{changesStrings.waitsFor[account.state]}</p>
          ) : null}
          {account.state === 'auth' || account.state === 'paused' ? (
            <AccountButton account={account} />
          ) : null}
        </div>
      ) : null}
      {change.failure ? (
        <div className={change.troubled ? styles.failure : styles.facts} data-selectable>
          <p>{[change.failure.message, change.failure.hint].filter(Boolean).join(' ')}</p>
          {change.failure.serverText ? (
            <Details label={changesStrings.serverSaid} text={change.failure.serverText} />
          ) : null}
        </div>
      ) : null}
      {asking ? (
        <fieldset ref={intoView} className={styles.question} aria-label={changesStrings.discard}>
          <p>{changesStrings.effect(change.kind, change.targetCount, parked, isGone ? null : folders)}</p>
          <span className={styles.actions}>
            <Button size="small" autoFocus onPress={() => setAsking(false)}>
              {changesStrings.keep}
            </Button>
            <Button size="small" variant="danger" onPress={() => void discardChange(change)}>
              {changesStrings.discardButton}
            </Button>
          </span>
        </fieldset>
      ) : (
        <p className={styles.facts}>
          {parked ? changesStrings.onScreenParked(folders) : changesStrings.onScreenWaiting}
        </p>
      )}
    </li>
  );
}

function takeFocus(entry: HTMLElement | null): void {
  intoView(entry);
  entry?.focus();
}

function isWell({ state }: AccountView): boolean {
  return state === 'ok' || state === 'syncing';
}

function attemptWords({ state, attempts, nextAttemptAt }: PendingView): string {
  if (state === 'claimed') return changesStrings.sending;
  if (state === 'probing') return changesStrings.looking;
  const tried = changesStrings.attempts(attempts);
  return state === 'waiting' && nextAttemptAt !== null
    ? `${tried}, ${changesStrings.next(clockTime(nextAttemptAt))}`
    : tried;
}
