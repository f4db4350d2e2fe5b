import type { Failure } from '../../shared/failure';

/** Administrators and providers that stand in the way, in codes and in words (APP-006). */
const ADMIN_WALL =
  /admin_policy_enforced|org_internal|AADSTS(65001|90094|90093|50105|53003|650\d\d)\b|admin(istrator)?('s)? (consent|approval|permission)|need admin/i;

/**
 * An error of an authorization server (RFC 6749 4.1.2.1 and 5.2, RFC 8628 3.5), as a person can act on it. `invalid_grant`
 * means that the sign-in is over (SYNC-017).
 */
export function oauthFailure(code: string, description: string): Failure {
  const serverText = clean(description === '' ? code : `${code}: ${description}`);
  if (ADMIN_WALL.test(serverText) || code === 'consent_required') {
    return {
      kind: 'auth',
      reason: 'blocked-by-admin',
      message: 'Your organisation has to allow Homeport first.',
      hint: 'Ask the administrator of your mail to give consent.',
      serverText,
    };
  }
  switch (code) {
    case 'invalid_grant':
      return { ...SIGN_IN_AGAIN, serverText };
    case 'access_denied':
      return {
        kind: 'rejected',
        code,
        message: 'The sign-in was not allowed.',
        hint: 'Try again and allow Homeport to use your mail.',
        serverText,
      };
    case 'expired_token':
      return { kind: 'cancelled', message: 'The code was not used in time.', hint: 'Sign in again.' };
    case 'invalid_client':
    case 'unauthorized_client':
      return {
        kind: 'rejected',
        code,
        message: 'The sign-in server does not know this client.',
        hint: 'Check client id and client secret.',
        serverText,
      };
    case 'invalid_scope':
      return {
        kind: 'rejected',
        code,
        message: 'The sign-in server does not know what Homeport asks for.',
        hint: 'Check the scopes.',
        serverText,
      };
    case 'temporarily_unavailable':
    case 'server_error':
      return {
        kind: 'offline',
        message: 'The sign-in server has a problem at the moment.',
        hint: 'Try again later.',
        serverText,
      };
    default:
      return {
        kind: 'rejected',
        code: clean(code).slice(0, 60),
        message: 'The sign-in server said no.',
        hint: 'Try again, or use another way to sign in.',
        serverText,
      };
  }
}

export const SIGN_IN_AGAIN: Failure = {
  kind: 'auth',
  reason: 'expired',
  message: 'The sign-in is no longer valid.',
  hint: 'Sign in again.',
};

export const SIGN_IN_STOPPED: Failure = { kind: 'cancelled', message: 'The sign-in was given up.' };

export const SIGN_IN_LATE: Failure = {
  kind: 'cancelled',
  message: 'Nobody signed in within five minutes.',
  hint: 'Sign in again.',
};

/** Somebody else's answer, or one that was tampered with: the code in it is not used (RFC 9207, RFC 9700 4.4). */
export const WRONG_ISSUER: Failure = {
  kind: 'protocol',
  message: 'The answer to the sign-in came from another server than expected.',
  hint: 'Somebody may be in between. Sign in again; nothing was used.',
};

export const NOT_ENOUGH: Failure = {
  kind: 'rejected',
  code: 'scope',
  message: 'The sign-in did not allow Homeport to use your mail.',
  hint: 'Sign in again and allow everything that is asked for.',
};

export const NO_SENSE: Failure = {
  kind: 'protocol',
  message: 'The sign-in server answered something that makes no sense.',
  hint: 'Check the address for tokens.',
};

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500);
}
