import type { Clock } from '../../sync/ports/clock';
import type { Logger } from '../../sync/ports/logger';
import type { SecretVault } from '../../sync/ports/secret-vault';
import type { EngineHost } from '../engine-host/engine-host';
import type { WorkerInit } from '../workers/worker-messages';

/** What the workers of one profile need from their host. */
export interface WorkersOptions {
  readonly host: EngineHost;
  readonly init: WorkerInit;
  readonly vault: SecretVault;
  readonly clock: Clock;
  readonly logger: Logger;
}
