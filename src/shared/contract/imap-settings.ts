import { z } from 'zod';

export const ImapServer = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** 'none' is refused unless the host is loopback or the person allowed it for this account (SYNC-008). */
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().min(1).max(320),
  /** The person's own word that the password may travel unencrypted to this server. */
  allowPlaintext: z.boolean().optional(),
});
export type ImapServer = z.infer<typeof ImapServer>;

/** A certificate the user chose to trust for exactly this host and port. */
export const PinnedCertificate = z.strictObject({
  host: z.string(),
  port: z.int(),
  fingerprint: z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
});
export type PinnedCertificate = z.infer<typeof PinnedCertificate>;

export const ImapAccountInput = z.strictObject({
  email: z.string().min(3).max(320),
  name: z.string().max(100),
  imap: ImapServer,
  /** Where it hands over what is sent; null = the account only receives. */
  smtp: ImapServer.nullable(),
  /** PEM bundle to trust besides the system's; from the user's own file. */
  caPem: z.string().max(200_000).nullable(),
  auth: z.enum(['password', 'oauth']),
  /** What `vault.put` answered. */
  secretRef: z.string().min(1).max(200),
  pinned: z.array(PinnedCertificate).max(10),
});
export type ImapAccountInput = z.infer<typeof ImapAccountInput>;
