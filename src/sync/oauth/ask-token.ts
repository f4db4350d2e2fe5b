import type { OAuthClient } from '../../shared/contract/oauth-settings';
import { fail, type Outcome, ok } from '../../shared/outcome';
import type { Ports } from '../ports/ports';
import { DEFAULT_LIFE_S, MAX_BODY_BYTES, MAX_TOKEN_CHARACTERS, REQUEST_MS } from './limits';
import { NO_SENSE, NOT_ENOUGH, oauthFailure, SIGN_IN_AGAIN } from './oauth-failures';
import type { TokenSet } from './token-set';

export type TokenPorts = Pick<Ports, 'clock' | 'http' | 'vault'>;

export interface Granted {
  readonly tokens: TokenSet;
  /** From the identity token, where there is one. */
  readonly grantedAs: string | null;
}

type Answer = Readonly<Record<string, unknown>>;

/** Scopes that are about the sign-in itself, not about mail; servers leave them out of their answer. */
const ABOUT_SIGN_IN: ReadonlySet<string> = new Set(['openid', 'email', 'profile', 'offline_access']);

/**
 * One form to an endpoint of the authorization server (RFC 6749 3.2), with the client's secret where it has one. A
 * refusal comes back with the server's error code; what is no answer at all is 'offline', never a lost sign-in (SYNC-017).
 */
export async function postForm(
  url: string,
  client: OAuthClient,
  form: Readonly<Record<string, string>>,
  { http, vault }: TokenPorts,
  signal?: AbortSignal,
): Promise<Outcome<{ readonly status: number; readonly answer: Answer }>> {
  const secret = client.clientSecretRef === null ? null : await vault.get(client.clientSecretRef);
  const body = new URLSearchParams({
    ...form,
    client_id: client.clientId,
    ...(secret === null ? {} : { client_secret: secret }),
  });
  const asked = await http.ask({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: body.toString(),
    timeoutMs: REQUEST_MS,
    maxBytes: MAX_BODY_BYTES,
    ...(signal ? { signal } : {}),
  });
  if (!asked.ok) {
    const { message, hint } = asked.failure;
    return asked.failure.kind === 'tls' ? asked : fail({ kind: 'offline', message, hint });
  }
  const { status } = asked.value;
  if (status >= 500 || status === 429) {
    return fail({
      kind: 'offline',
      message: 'The sign-in server has a problem at the moment.',
      hint: 'Try again later.',
    });
  }
  const answer = readObject(asked.value.body);
  return answer === null ? fail(NO_SENSE) : ok({ status, answer });
}

/** Asks for tokens and looks whether they allow what was asked for. `previous` is what a refresh began with. */
export async function askToken(
  client: OAuthClient,
  form: Readonly<Record<string, string>>,
  ports: TokenPorts,
  previous: TokenSet | null,
  signal?: AbortSignal,
): Promise<Outcome<Granted>> {
  const asked = await postForm(client.tokenUrl, client, form, ports, signal);
  if (!asked.ok) return asked;
  const { status, answer } = asked.value;
  if (status !== 200) return fail(refusal(answer));
  return readTokens(answer, client, ports.clock.now(), previous);
}

/** The server's error as a failure; an answer without one makes no sense. */
export function refusal(answer: Answer) {
  const code = text(answer.error);
  return code === null ? NO_SENSE : oauthFailure(code, text(answer.error_description) ?? '');
}

function readTokens(
  answer: Answer,
  client: OAuthClient,
  now: number,
  previous: TokenSet | null,
): Outcome<Granted> {
  const accessToken = token(answer.access_token);
  const type = text(answer.token_type);
  if (accessToken === null || type?.toLowerCase() !== 'bearer') return fail(NO_SENSE);
  const scope = text(answer.scope);
  // Without a word about scopes everything that was asked for is granted (RFC 6749 5.1).
  if (scope !== null && lacks(client.scopes, scope.split(/\s+/))) return fail(NOT_ENOUGH);
  const life = Number(answer.expires_in ?? DEFAULT_LIFE_S);
  const lifeS = Number.isFinite(life) && life > 0 ? Math.min(life, 365 * 86_400) : DEFAULT_LIFE_S;
  return ok({
    tokens: {
      accessToken,
      refreshToken: token(answer.refresh_token) ?? previous?.refreshToken ?? null,
      expiresAt: now + lifeS * 1_000,
    },
    grantedAs: whoIs(text(answer.id_token)),
  });
}

function lacks(wanted: readonly string[], granted: readonly string[]): boolean {
  const have = new Set(granted.map((scope) => scope.toLowerCase()));
  return wanted.some((scope) => !ABOUT_SIGN_IN.has(scope) && !have.has(scope.toLowerCase()));
}

/**
 * The name in an identity token. It came straight from the token endpoint over TLS, so its signature needs no second proof
 * (OpenID Connect Core 3.1.3.7); it is shown, and decides nothing.
 */
function whoIs(idToken: string | null): string | null {
  const claims = readObject(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const name = text(claims?.email) ?? text(claims?.preferred_username) ?? text(claims?.sub);
  return name === null ? null : name.slice(0, 320);
}

function readObject(source: string): Answer | null {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : null;
  } catch {
    return null;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A token that fits into a login: visible ASCII, bounded (RFC 6750 2.1). */
function token(value: unknown): string | null {
  const found = text(value);
  return found !== null && found.length <= MAX_TOKEN_CHARACTERS && /^[\x21-\x7e]+$/.test(found)
    ? found
    : null;
}

/** Renews a set of tokens (RFC 6749 6). Without a refresh token the sign-in is over. */
export function refreshTokens(
  client: OAuthClient,
  tokens: TokenSet,
  ports: TokenPorts,
): Promise<Outcome<Granted>> {
  if (tokens.refreshToken === null) return Promise.resolve(fail(SIGN_IN_AGAIN));
  const form = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
  return askToken(client, form, ports, tokens);
}
