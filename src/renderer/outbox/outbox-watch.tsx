import { useEffect, useRef, useState } from 'react';
import type { OutboxView } from '../../shared/contract/compose-views';
import type { OutboxId } from '../../shared/domain';
import { runCommand } from '../commands/registry';
import { showToast } from '../feedback/toast-store';
import { isPopout } from '../state/ui-store';
import { composeStrings } from '../strings/compose';
import { outboxStrings } from '../strings/outbox';
import { onHostEvent } from '../transport/host-events';
import { refreshTopics } from '../transport/query-client';
import { useLiveQuery } from '../transport/use-live-query';
import { endOffers, followResumed, isAwaited } from './follow-send';
import { isWaiting, needsPerson } from './outbox-state';
import { UnknownDialog } from './unknown-dialog';

const ASKED = 'homeport.outbox-asked';
/** More unanswered questions than this are no longer kept apart from new ones. */
const MAX_ASKED = 100;
const REFRESH_MS = 20_000;

/**
 * Says once what became of what was sent: it left, it was refused, or nobody knows; what is unknown is asked once, with
 * what was observed (APP-131, APP-132). Used once, by the application.
 */
export function OutboxWatch() {
  const entries = useLiveQuery('outbox.list', {}, ['outbox']).data;
  const before = useRef<ReadonlyMap<OutboxId, string> | null>(null);
  const [asked, setAsked] = useState(readAsked);

  useEffect(() => {
    if (!entries) return;
    for (const entry of entries) tell(entry, before.current);
    endOffers(entries, before.current);
    before.current = new Map(entries.map((entry) => [entry.id, mood(entry)]));
  }, [entries]);

  // A refusal that follows on another looks the same in the list: each is told when it happens.
  useEffect(
    () =>
      onHostEvent((event) => {
        if (event.kind !== 'unsent' || isPopout()) return;
        const { message, hint } = event.failure;
        const next = event.reason === 'delayed' ? outboxStrings.triedOn : undefined;
        alarm(event.reason, event.subject, [message, next ?? hint].filter(Boolean).join(' '));
      }),
    [],
  );

  // What was sent stays in the list for a minute; nobody tells when that is over.
  const sent = entries?.some((entry) => !isWaiting(entry)) ?? false;
  useEffect(() => {
    if (!sent) return;
    const timer = window.setInterval(() => refreshTopics(new Set(['outbox'])), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [sent]);

  const question = entries?.find(
    ({ id, state, observed }) => state === 'unknown' && observed !== null && !asked.includes(id),
  );
  // Asked and told once, in the window that has the outbox.
  if (!question || isPopout()) return null;
  const close = () => {
    const now = [...asked, question.id].slice(-MAX_ASKED);
    localStorage.setItem(ASKED, JSON.stringify(now));
    setAsked(now);
  };
  return <UnknownDialog key={question.id} entry={question} onClose={close} />;
}

function mood(entry: OutboxView): string {
  return needsPerson(entry) || entry.resumed ? `${entry.state}${entry.overdue}` : entry.state;
}

function tell(entry: OutboxView, before: ReadonlyMap<OutboxId, string> | null): void {
  const { id, state, subject, overdue } = entry;
  if (state === 'accepted' || state === 'filing' || state === 'done') {
    if (isAwaited(id))
      showToast({ tone: 'done', text: composeStrings.sent(subject || composeStrings.noSubject) });
    return;
  }
  if (state === 'held' && entry.resumed && before?.get(id) !== mood(entry)) followResumed(entry);
  // What was there when the window came up stands in the side bar.
  if (isPopout() || before === null || before.get(id) === mood(entry)) return;
  const refused = entry.recipients.flatMap(({ failure }) => failure ?? [])[0];
  const detail = (entry.failure ?? refused)?.message;
  if (overdue) alarm('overdue', subject, detail);
  else if (state === 'partial') alarm('partial', subject, detail);
}

function alarm(
  notice: keyof typeof outboxStrings.notices,
  subject: string,
  detail: string | undefined,
): void {
  showToast({
    tone: 'failure',
    text: outboxStrings.notices[notice](subject || composeStrings.noSubject),
    detail,
    action: { label: outboxStrings.show, run: () => runCommand('go.outbox') },
  });
}

function readAsked(): readonly number[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(ASKED) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is number => typeof id === 'number') : [];
  } catch {
    return [];
  }
}
