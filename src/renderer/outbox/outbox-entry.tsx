import { CircleAlert, CircleCheck, CircleHelp, Clock, Paperclip, SendHorizontal } from 'lucide-react';
import { useId, useState } from 'react';
import type { OutboxView } from '../../shared/contract/compose-views';
import type { FailureView } from '../../shared/contract/views';
import { spelledOut } from '../../shared/shown-name';
import { formatSize } from '../list/format-size';
import { clockTime } from '../panels/clock-time';
import { outboxStrings } from '../strings/outbox';
import { listed } from '../strings/plural';
import { useHost } from '../transport/use-host';
import { Button } from '../ui/button';
import { Details } from '../ui/details';
import { Dialog } from '../ui/dialog';
import { ProgressBar } from '../ui/progress-bar';
import { actOn } from './outbox-actions';
import styles from './outbox-entry.module.css';
import { actionsOf, needsPerson, stateWords } from './outbox-state';

/** Names before "and 3 more". */
const MAX_NAMES = 3;

interface OutboxEntryProps {
  readonly entry: OutboxView;
  readonly now: number;
}

/** One message on its way out: what, to whom, how it stands, and what can be done. */
export function OutboxEntry({ entry, now }: OutboxEntryProps) {
  const { subject, recipients, state, size, sentBytes, failure } = entry;
  const online = useHost(({ status }) => status?.online ?? true);
  const [asking, setAsking] = useState(false);
  const heading = useId();
  const troubled = needsPerson(entry);
  const title = subject || outboxStrings.noSubject;
  const refused = recipients.filter((recipient) => recipient.state === 'refused');
  // With its codes, one level deeper (UI-054).
  const said = [
    ...refused.map(({ address, failure: why }) => `${address}: ${verbatim(why)}`),
    ...(failure?.serverText ? [verbatim(failure)] : []),
  ];
  return (
    <li className={styles.entry} aria-labelledby={heading} data-troubled={troubled || undefined}>
      <StateIcon state={state} />
      <div className={styles.words}>
        <p id={heading} className={styles.subject}>
          <bdi>{title}</bdi>
          {entry.hasAttachment && <Paperclip size={14} aria-hidden />}
          <span className={styles.size}>{formatSize(size)}</span>
        </p>
        <p className={styles.to}>
          <bdi>{outboxStrings.to(names(recipients))}</bdi>
        </p>
        <p className={styles.state} data-selectable>
          {state === 'failed' && `${outboxStrings.states.failed}. `}
          {stateWords(entry, { now, online, time: clockTime })}
        </p>
        {state === 'submitting' && (
          <div className={styles.progress}>
            <ProgressBar
              label={outboxStrings.sending(title)}
              share={sentBytes === null || size === 0 ? null : sentBytes / size}
            />
          </div>
        )}
        {refused.map((recipient) => (
          <p key={recipient.address} className={styles.refused} data-selectable>
            {outboxStrings.refused(spelledOut(recipient.address))}
            {recipient.failure && `. ${recipient.failure.message}`}
            {recipient.failure?.serverText && ` ${outboxStrings.serverSaid(recipient.failure.serverText)}`}
          </p>
        ))}
        {failure?.serverText && (
          <p className={styles.server} data-selectable>
            {outboxStrings.serverSaid(failure.serverText)}
          </p>
        )}
        {said.length > 0 && <Details text={said.join('\n')} />}
        <div className={styles.actions}>
          {actionsOf(entry).map((action, at) => (
            <Button
              key={action}
              size="small"
              variant={at === 0 ? 'plain' : 'quiet'}
              onPress={() => (action === 'discard' ? setAsking(true) : void actOn(entry, action))}
            >
              {outboxStrings.actions[action]}
            </Button>
          ))}
        </div>
      </div>
      {asking && (
        <Dialog
          title={outboxStrings.discardTitle}
          role="alertdialog"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onPress={() => setAsking(false)} autoFocus>
                {outboxStrings.cancel}
              </Button>
              <Button
                variant="danger"
                onPress={() => {
                  setAsking(false);
                  void actOn(entry, 'discard');
                }}
              >
                {outboxStrings.discardButton}
              </Button>
            </>
          }
        >
          <p>
            {state === 'partial' ? outboxStrings.discardPartial(title) : outboxStrings.discardText(title)}
          </p>
        </Dialog>
      )}
    </li>
  );
}

function verbatim(failure: FailureView | null): string {
  return [failure?.code, failure?.serverText ?? failure?.message].filter(Boolean).join(' ');
}

function StateIcon({ state }: { readonly state: OutboxView['state'] }) {
  const Icon = ICONS[state];
  return <Icon className={styles.icon} aria-hidden />;
}
const ICONS = {
  held: Clock,
  queued: Clock,
  submitting: SendHorizontal,
  accepted: CircleCheck,
  filing: CircleCheck,
  done: CircleCheck,
  failed: CircleAlert,
  partial: CircleAlert,
  unknown: CircleHelp,
} as const;

function names(recipients: OutboxView['recipients']): string {
  const first = listed(recipients.slice(0, MAX_NAMES).map(({ name, address }) => name || address));
  return recipients.length > MAX_NAMES ? outboxStrings.more(first, recipients.length - MAX_NAMES) : first;
}
