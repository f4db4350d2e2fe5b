import type { OAuthClient } from '../../shared/contract/oauth-settings';
import type { Failure } from '../../shared/failure';
import { fail, type Outcome, ok } from '../../shared/outcome';
import { refreshTokens, type TokenPorts } from './ask-token';
import { REFRESH_EARLY_MS } from './limits';
import { SIGN_IN_AGAIN } from './oauth-failures';
import { openTokens, sealTokens, type TokenSet } from './token-set';

export interface TokenSource {
  /**
   * An access token for a login, renewed 5 minutes before it ends or when `refused` names the one a server has just
   * refused. However many ask at once, one question goes out (SYNC-016).
   */
  accessToken(client: OAuthClient, secretRef: string, refused?: string): Promise<Outcome<string>>;
}

export interface TokenSourceDeps extends TokenPorts {
  /**
   * Makes the account with the old handle carry the new one, durably; false when no account has it (not added yet, signed in
   * anew, removed).
   */
  readonly replaceSecret: (oldRef: string, newRef: string) => boolean;
  /** Whether an account carries the handle: tokens of nobody are used as they are. */
  readonly isUsed: (secretRef: string) => boolean;
}

const MOVED_ON: Failure = { kind: 'cancelled', message: 'The sign-in was replaced by another one.' };

export function createTokenSource(deps: TokenSourceDeps): TokenSource {
  const { clock, vault } = deps;
  /** Handles that were replaced while connections with the old one are open. */
  const moved = new Map<string, string>();
  const looking = new Map<string, Promise<Outcome<string>>>();

  function current(secretRef: string): string {
    let ref = secretRef;
    for (let next = moved.get(ref); next !== undefined; next = moved.get(ref)) ref = next;
    return ref;
  }

  async function renew(client: OAuthClient, ref: string, tokens: TokenSet): Promise<Outcome<string>> {
    const renewed = await refreshTokens(client, tokens, deps);
    if (!renewed.ok) return renewed;
    // The old refresh token may be void by now: the new one is kept before anything else can fail (RFC 9700 4.14).
    const newRef = await vault.put(sealTokens(renewed.value.tokens));
    if (!deps.replaceSecret(ref, newRef)) {
      await vault.delete(newRef);
      return fail(MOVED_ON);
    }
    // A vault may give a handle again that it once took back.
    moved.delete(newRef);
    moved.set(ref, newRef);
    await vault.delete(ref);
    return ok(renewed.value.tokens.accessToken);
  }

  async function look(
    client: OAuthClient,
    ref: string,
    refused: string | undefined,
  ): Promise<Outcome<string>> {
    const secret = await vault.get(ref);
    const tokens = secret === null ? null : openTokens(secret);
    if (tokens === null) return fail(SIGN_IN_AGAIN);
    const { accessToken, expiresAt } = tokens;
    if (expiresAt - clock.now() > REFRESH_EARLY_MS && accessToken !== refused) return ok(accessToken);
    if (!deps.isUsed(ref)) return accessToken === refused ? fail(SIGN_IN_AGAIN) : ok(accessToken);
    const renewed = await renew(client, ref, tokens);
    // Without the authorization server a token that still lives is good enough.
    const stillLives = !renewed.ok && renewed.failure.kind === 'offline' && expiresAt > clock.now();
    return stillLives && accessToken !== refused ? ok(accessToken) : renewed;
  }

  function join(
    client: OAuthClient,
    secretRef: string,
    refused: string | undefined,
  ): Promise<Outcome<string>> {
    const ref = current(secretRef);
    const running = looking.get(ref) ?? look(client, ref, refused).finally(() => looking.delete(ref));
    looking.set(ref, running);
    return running;
  }

  return {
    accessToken: async (client, secretRef, refused) => {
      const answer = await join(client, secretRef, refused);
      // Somebody else's look did not know yet that this one was refused.
      return refused !== undefined && answer.ok && answer.value === refused
        ? join(client, secretRef, refused)
        : answer;
    },
  };
}
