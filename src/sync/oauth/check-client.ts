import type { OAuthClient } from '../../shared/contract/oauth-settings';
import { postForm, refusal, type TokenPorts } from './ask-token';
import { MAX_BODY_BYTES, REQUEST_MS } from './limits';

export interface ClientCheck {
  readonly part: 'authorization' | 'token' | 'client';
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * A dry run of a client's values (APP-005): is there a sign-in page, does the token endpoint answer as one, and does it know
 * the client? It is asked with a code that cannot be right; a server that knows the client says `invalid_grant`.
 */
export async function checkClient(client: OAuthClient, ports: TokenPorts): Promise<ClientCheck[]> {
  const page = await ports.http.ask({
    method: 'GET',
    url: client.authorizationUrl,
    headers: { Accept: 'text/html' },
    timeoutMs: REQUEST_MS,
    maxBytes: MAX_BODY_BYTES * 8,
  });
  // Without its parameters a sign-in page may complain or lead on; that it is not there is what counts.
  const there = page.ok && page.value.status < 500 && page.value.status !== 404;
  const authorization = check(
    'authorization',
    there,
    page.ok
      ? there
        ? 'The sign-in page answers'
        : `No page there (${page.value.status})`
      : page.failure.message,
  );
  const form = { grant_type: 'authorization_code', code: 'dry-run', redirect_uri: 'http://127.0.0.1/' };
  const asked = await postForm(client.tokenUrl, client, form, ports);
  if (!asked.ok) return [authorization, check('token', false, asked.failure.message)];
  const failure = refusal(asked.value.answer);
  const code = String(asked.value.answer.error ?? '');
  const known = code !== 'invalid_client' && code !== 'unauthorized_client';
  return [
    authorization,
    check('token', code !== '', code === '' ? failure.message : 'The address for tokens answers'),
    ...(code === '' ? [] : [check('client', known, known ? 'The client is known' : failure.message)]),
  ];
}

function check(part: ClientCheck['part'], ok: boolean, detail: string): ClientCheck {
  return { part, ok, detail };
}
