import { z } from 'zod';
import { isLoopback } from '../loopback';

/** Scheme and host of an address without a login in it. */
const ORIGIN = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?([/?]|$)/i;

/** A page or endpoint that credentials go to: encrypted, or on this computer. */
const Endpoint = z.url().max(2000).refine(isSafeEndpoint, 'not an encrypted address');

function isSafeEndpoint(text: string): boolean {
  const [, scheme = '', host = ''] = ORIGIN.exec(text) ?? [];
  return scheme.toLowerCase() === 'https' || (scheme.toLowerCase() === 'http' && isLoopback(host));
}

/** A scope token (RFC 6749 3.3). */
const Scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,300}$/);

/** Which client Homeport is to an authorization server, and where that server is (SYNC-015). */
export const OAuthClient = z.strictObject({
  provider: z.enum(['google', 'microsoft', 'other']),
  clientId: z.string().min(1).max(500),
  /** Handle of the client secret in the vault; null = a public client. */
  clientSecretRef: z.string().min(1).max(200).nullable(),
  authorizationUrl: Endpoint,
  tokenUrl: Endpoint,
  /** RFC 8628; null = codes are not offered. */
  deviceUrl: Endpoint.nullable(),
  scopes: z.array(Scope).min(1).max(20),
  /** RFC 9207: who has to sign the answer of the sign-in page; null = it says nothing. */
  issuer: z.string().max(2000).nullable(),
});
export type OAuthClient = z.infer<typeof OAuthClient>;
