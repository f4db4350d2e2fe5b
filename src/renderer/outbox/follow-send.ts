import type { OutboxState, OutboxView } from '../../shared/contract/compose-views';
import type { OutboxId } from '../../shared/domain';
import { showDraft } from '../compose/open-drafts';
import { closeToast, showToast } from '../feedback/toast-store';
import { showFailure, undoable } from '../feedback/undo';
import { clockTime } from '../panels/clock-time';
import { composeStrings } from '../strings/compose';
import { outboxStrings } from '../strings/outbox';
import { call } from '../transport/call';
import { useHost } from '../transport/use-host';

/** What this window sent and has not yet said that it left. */
const awaited = new Set<OutboxId>();

/** Toasts that offer to take a message back, each with the states in which it can be. */
const offers = new Map<OutboxId, { readonly toastId: number; readonly during: readonly OutboxState[] }>();

/** Takes away what can no longer be undone: it leaves, or is gone already (APP-128). */
export function endOffers(
  entries: readonly OutboxView[],
  before: ReadonlyMap<OutboxId, unknown> | null,
): void {
  const states = new Map(entries.map(({ id, state }) => [id, state]));
  for (const [id, { toastId, during }] of offers) {
    const state = states.get(id);
    // A list that was asked for before it was sent does not know it yet.
    if (state === undefined ? !before?.has(id) : during.includes(state)) continue;
    offers.delete(id);
    closeToast(toastId);
  }
}

/** True once: for a message of this window that has left. */
export function isAwaited(outboxId: OutboxId): boolean {
  return awaited.delete(outboxId);
}

/** Says what becomes of what was just sent, with Undo for as long as it can be taken back (APP-128, APP-130). */
export function followSend(
  { outboxId, notBefore }: { readonly outboxId: OutboxId; readonly notBefore: number | null },
  subject: string,
  later: boolean,
): void {
  awaited.add(outboxId);
  const online = useHost.getState().status?.online ?? true;
  const title = subject || composeStrings.noSubject;
  if (later && notBefore !== null)
    offer(outboxId, { text: composeStrings.willSendAt(clockTime(notBefore)), during: ['held'] });
  else if (!online) offer(outboxId, { text: composeStrings.willSend, during: ['held', 'queued'] });
  else if (notBefore !== null && notBefore > Date.now())
    offer(outboxId, { text: composeStrings.sending(title), during: ['held'], until: notBefore });
  else showToast({ tone: 'done', text: composeStrings.sending(title) });
}

/** Homeport was closed within the undo time, which runs again: said, with Undo, as after Send (SYNC-287). */
export function followResumed({ id, subject, notBefore }: OutboxView): void {
  if (notBefore === null) return;
  const before = offers.get(id);
  if (before) closeToast(before.toastId);
  awaited.add(id);
  offer(id, {
    text: composeStrings.sending(subject || composeStrings.noSubject),
    detail: outboxStrings.resumed,
    until: notBefore,
    during: ['held'],
  });
}

interface Offer {
  readonly text: string;
  readonly detail?: string;
  readonly until?: number;
  readonly during: readonly OutboxState[];
}

function offer(id: OutboxId, { during, ...words }: Offer): void {
  const action = { label: composeStrings.undo, run: () => void undoable(takeBack(id)) };
  offers.set(id, { toastId: showToast({ tone: 'done', ...words, action }), during });
}

/** Not sent after all: the letter is on the screen again as it was, the cursor where it was. */
export async function takeBack(outboxId: OutboxId): Promise<void> {
  const draft = await call('outbox.undo', { outboxId });
  if (!draft.ok) {
    showFailure(composeStrings.notUndone, draft.failure);
    return;
  }
  awaited.delete(outboxId);
  showDraft(draft.value);
}
