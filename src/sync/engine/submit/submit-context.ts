import type { AccountId } from '../../../shared/domain';
import type { Failure } from '../../../shared/failure';
import type { Connector, Submitter } from '../../connectors/contract';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import type { Random } from '../../ports/random';
import type { Store } from '../../store/open-store';
import type { OutboxRow } from '../../store/read/outbox';

/** What the parts of one account's submit lane share. */
export interface SubmitContext {
  readonly accountId: AccountId;
  /** Name of the submission server: what it was seen to do is remembered under it. */
  readonly host: string;
  readonly store: Store;
  readonly submitter: Submitter;
  /** Looks into the sent mailbox and the inbox; may be out of reach while the submission server is not. */
  readonly connector: Pick<Connector, 'findByMessageId' | 'preparePush' | 'push'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Identifies this run of the process: what another run was handing over has an unknown outcome (SYNC-249). */
  readonly runId: string;
  /** Marks the message that was answered or forwarded; harmless to repeat. */
  markRelated(entry: OutboxRow): Promise<void>;
  /** Tells the user once that a message did not leave. */
  announce(entry: OutboxRow, reason: 'failed' | 'delayed', failure: Failure): void;
}
