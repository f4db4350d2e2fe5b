import { createHash } from 'node:crypto';
import type { OAuthClient } from '../../shared/contract/oauth-settings';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { oauthFailure, WRONG_ISSUER } from './oauth-failures';

export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string;
  /** RFC 7636 4.1: 43 to 128 unreserved characters. */
  readonly verifier: string;
  readonly email: string;
}

/** What a provider wants besides the standard: without it Google gives no refresh token. */
const EXTRA: Readonly<Record<OAuthClient['provider'], Readonly<Record<string, string>>>> = {
  google: { access_type: 'offline', prompt: 'consent' },
  microsoft: {},
  other: {},
};

/** The page a person signs in at (RFC 6749 4.1.1 with RFC 7636 S256). */
export function authorizationUrl(client: OAuthClient, request: AuthorizationRequest): string {
  const url = new URL(client.authorizationUrl);
  const parameters = {
    ...EXTRA[client.provider],
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: request.redirectUri,
    scope: client.scopes.join(' '),
    state: request.state,
    code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: request.email,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * The code in an answer whose `state` was right. Where an issuer is expected the answer must name it, and nobody else may be
 * named (RFC 9207 2.4): a code of another server is not handed to this one.
 */
export function readAnswer(client: OAuthClient, answer: URLSearchParams): Outcome<string> {
  const issuer = answer.get('iss');
  if (client.issuer !== null && issuer !== client.issuer) return fail(WRONG_ISSUER);
  const error = answer.get('error');
  if (error !== null) return fail(oauthFailure(error, answer.get('error_description') ?? ''));
  const codes = answer.getAll('code');
  return codes.length === 1 && codes[0] ? ok(codes[0]) : fail(oauthFailure('invalid_answer', ''));
}
