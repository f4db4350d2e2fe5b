import { z } from 'zod';
import { ImapServer } from './imap-settings';
import { method } from './method';
import { SubmissionSettings } from './submission-settings';

/** Who said where the mail is, the most trusted first (SYNC-025). */
export const DISCOVERY_SOURCES = ['provider', 'domain', 'database', 'mx', 'dns', 'guess', 'nothing'] as const;
export type DiscoverySource = (typeof DISCOVERY_SOURCES)[number];

/** What is known about where an address has its mail. Nothing was asked with a password (SYNC-027). */
export const DiscoveryView = z.object({
  source: z.enum(DISCOVERY_SOURCES),
  /** The host that said so: of the web, the name system or the provider; null for a guess. */
  toldBy: z.string().nullable(),
  /** False: it was read without encryption, so anybody on the way could have written it. */
  safe: z.boolean(),
  imap: ImapServer,
  submission: SubmissionSettings.nullable(),
  /** Ways to sign in that the source names; empty = it does not say. */
  auth: z.array(z.enum(['password', 'oauth'])),
  /** The provider refuses the account's own password: where one for this program is made. */
  appPassword: z.object({ provider: z.string(), url: z.string() }).nullable(),
  /** Key into the table of providers with a sign-in page; null = none is known. */
  oauthProvider: z.enum(['google', 'microsoft']).nullable(),
  /** Where the same mail is offered by JMAP; null = nowhere. */
  jmap: z.object({ url: z.string(), toldBy: z.string() }).nullable(),
});
export type DiscoveryView = z.infer<typeof DiscoveryView>;

export const DISCOVERY_METHODS = {
  /** Where an address has its mail; answers within 10 s, at worst with a guess. No password is asked for or sent. */
  'discovery.find': method(
    'engine',
    z.strictObject({
      email: z.string().min(3).max(320),
      /** The person's own word that the shared list of providers may be asked for the domain. */
      askDatabase: z.boolean(),
    }),
    DiscoveryView,
  ),
};
