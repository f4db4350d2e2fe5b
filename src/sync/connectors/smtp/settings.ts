import type { ImapServer, PinnedCertificate } from '../../../shared/contract/imap-settings';

/** Everything needed to hand over one person's mail to one submission server. */
export interface SmtpAccountSettings {
  readonly server: ImapServer;
  /** PEM bundle to trust besides the usual authorities. */
  readonly caPem: string | null;
  /** Certificates the user chose to trust, each for exactly one host and port (SYNC-010). */
  readonly pinned: readonly PinnedCertificate[];
  readonly auth: 'password' | 'oauth';
  /** Password or access token, asked for at every login and never kept; null when the vault lost it. */
  secret(): Promise<string | null>;
}
