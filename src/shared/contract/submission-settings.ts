import { z } from 'zod';

/**
 * Where an account's mail is handed in for sending (RFC 6409), stored under `submission` in its settings. The secret is the
 * account's own; only the login may differ.
 */
export const SubmissionSettings = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** 'none' is refused unless the host is loopback. */
  security: z.enum(['tls', 'starttls', 'none']),
  /** Null = the login of the mail server. */
  user: z.string().min(1).max(320).nullable(),
});
export type SubmissionSettings = z.infer<typeof SubmissionSettings>;
