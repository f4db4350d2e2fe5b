import { z } from 'zod';
import { Done, method } from './method';
import { OAuthClient } from './oauth-settings';

const SignInId = z.string().min(1).max(100);

/** Signing in with the browser. Tokens never travel here: what a window gets is a handle of the vault (SYNC-005). */
export const OAUTH_METHODS = {
  /** Begins a sign-in (SYNC-013): the window opens `url` and asks `oauth.finish`. Another one under way is given up. */
  'oauth.begin': method(
    'engine',
    z.strictObject({ client: OAuthClient, email: z.string().max(320) }),
    z.object({ signInId: SignInId, url: z.string() }),
  ),
  /** Begins a sign-in by a code that is typed in on any device (SYNC-014). */
  'oauth.beginDevice': method(
    'engine',
    z.strictObject({ client: OAuthClient }),
    z.object({ signInId: SignInId, userCode: z.string(), url: z.string() }),
  ),
  /** Waits for the end of a sign-in, five minutes at most; 'cancelled' when it was given up. */
  'oauth.finish': method(
    'engine',
    z.strictObject({ signInId: SignInId }),
    z.object({
      /** What an account with `auth: 'oauth'` carries as its secret. */
      secretRef: z.string(),
      /** The account that was granted, where the server says so: an address or another name. */
      grantedAs: z.string().nullable(),
    }),
  ),
  'oauth.cancel': method('engine', z.strictObject({ signInId: SignInId }), Done),
  /** A dry run of a client's values (APP-005): asks the server with a code that cannot be right. */
  'oauth.check': method(
    'engine',
    z.strictObject({ client: OAuthClient }),
    z.array(
      z.object({ part: z.enum(['authorization', 'token', 'client']), ok: z.boolean(), detail: z.string() }),
    ),
  ),
};
