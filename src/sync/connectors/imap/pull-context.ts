/** What the pulls of one mailbox work with. */
import type { ObservationBatch } from '../../../shared/observation';
import type { Outcome } from '../../../shared/outcome';
import type { Clock } from '../../ports/clock';
import type { Workbench } from '../../ports/workbench';
import type { PullRequest } from '../contract';
import { refused, VALIDITY_CHANGED } from './pull-failures';
import type { SelectedMailbox } from './selected-mailbox';
import type { CommandResult, ImapSession } from './session';

export type PullStream = AsyncGenerator<Outcome<ObservationBatch>, void, void>;

export interface PullContext {
  readonly request: PullRequest;
  readonly clock: Clock;
  readonly workbench: Workbench;
  readonly signal: AbortSignal;
  /** One task of the bulk connection: others may come in between, so every step starts with `examine`. */
  step<T>(work: (session: ImapSession) => Promise<CommandResult<T>>): Promise<Outcome<T>>;
}

/** Selects for reading and proves that UIDs still mean what the checkpoint says. */
export async function examine(
  session: ImapSession,
  remoteKey: string,
  uidValidity: string,
): Promise<CommandResult<SelectedMailbox>> {
  const selected = await session.ensureSelected(remoteKey, false);
  if (!selected.ok || selected.value.uidValidity === uidValidity) return selected;
  return refused(VALIDITY_CHANGED);
}
