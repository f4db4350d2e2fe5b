import type { Clock } from './clock';
import type { Dns } from './dns';
import type { Greeter } from './greeter';
import type { Http } from './http';
import type { Logger } from './logger';
import type { LoopWatch } from './loop-delay';
import type { Network } from './network';
import type { Power } from './power';
import type { Random } from './random';
import type { RedirectListener } from './redirect-listener';
import type { SecretVault } from './secret-vault';
import type { Workbench } from './workbench';

/** Everything the core needs from outside, handed in by the host (idea 1 of the architecture). */
export interface Ports {
  /** The profile folder: database, blobs, backups (0700). */
  readonly profileDir: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: SecretVault;
  readonly logger: Logger;
  readonly loop: LoopWatch;
  readonly network: Network;
  readonly power: Power;
  readonly http: Http;
  readonly dns: Dns;
  readonly greeter: Greeter;
  /** Without one, what needs no store is done where it is needed. */
  readonly workbench?: Workbench;
  readonly redirects: RedirectListener;
  /** Name and version told to servers by IMAP ID (SYNC-022). */
  readonly client: { readonly name: string; readonly version: string; readonly contact: string };
}
