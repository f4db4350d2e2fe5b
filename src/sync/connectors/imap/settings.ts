import type { ImapServer, PinnedCertificate } from '../../../shared/contract/methods';
import type { Failure } from '../../../shared/failure';

/** Everything needed to reach one person's mail on one IMAP server. */
export interface ImapAccountSettings {
  readonly server: ImapServer;
  /** PEM bundle to trust besides the usual authorities. */
  readonly caPem: string | null;
  /** Certificates the user chose to trust, each for exactly one host and port (SYNC-010). */
  readonly pinned: readonly PinnedCertificate[];
  readonly auth: 'password' | 'oauth';
  /**
   * Password or access token, asked for at every login and never kept; null when the vault lost it, or why there is none now.
   * `refused` is an access token that the server has just refused (SYNC-016).
   */
  secret(refused?: string): Promise<string | Failure | null>;
  /** Capabilities to treat as absent on this account: the kill switch for a server that breaks one (SYNC-028). */
  readonly disabledCapabilities?: readonly string[];
  /** No more connections at one time than these, whatever the provider allows (SYNC-121); at least one. */
  readonly maxConnections?: number;
}
