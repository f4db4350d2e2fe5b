import { OAuthClient } from '../../shared/contract/oauth-settings';
import type { FailureView } from '../../shared/contract/views';
import { type Outcome, ok } from '../../shared/outcome';
import type { Arguments, Flag } from './command';
import { readSecret } from './read-secret';
import type { Session } from './session';
import { usage } from './usage';

/** One's own client at an authorization server, in place of a password (SYNC-015). */
export const OAUTH_FLAGS: readonly Flag[] = [
  {
    name: 'oauth-client-id',
    value: 'ID',
    help: 'Sign in with the browser as this client, without a password',
  },
  { name: 'oauth-authorization-url', value: 'URL', help: 'Its sign-in page' },
  { name: 'oauth-exchange-url', value: 'URL', help: 'Where it exchanges a code for tokens' },
  {
    name: 'oauth-device-url',
    value: 'URL',
    help: 'Its address for codes: shows a code to enter on any device',
  },
  { name: 'oauth-scope', value: 'SCOPE', many: true, help: 'What is asked for; may be given several times' },
  { name: 'oauth-issuer', value: 'URL', help: 'Who has to answer the sign-in' },
  {
    name: 'oauth-client-secret-env',
    value: 'NAME',
    help: 'Variable with the client secret, where there is one',
  },
  { name: 'oauth-client-secret-file', value: 'F', help: 'File with the client secret' },
];

export interface BrowserLogin {
  readonly client: OAuthClient;
  readonly secretRef: string;
}

/** The client of the flags, its secret not sealed yet; null when a password is meant. */
export async function readClient(
  args: Arguments,
): Promise<Outcome<{ readonly client: OAuthClient; readonly secret: string | null } | null, FailureView>> {
  const clientId = args.get('oauth-client-id');
  if (clientId === null) return ok(null);
  const named = args.has('oauth-client-secret-env') || args.has('oauth-client-secret-file');
  const secret = named ? await readSecret(args, 'oauth-client-secret', 'Client secret') : ok(null);
  if (!secret.ok) return secret;
  const parsed = OAuthClient.safeParse({
    provider: 'other',
    clientId,
    clientSecretRef: null,
    authorizationUrl: args.get('oauth-authorization-url') ?? '',
    tokenUrl: args.get('oauth-exchange-url') ?? '',
    deviceUrl: args.get('oauth-device-url'),
    scopes: args.all('oauth-scope'),
    issuer: args.get('oauth-issuer'),
  });
  return parsed.success
    ? ok({ client: parsed.data, secret: secret.value })
    : usage(
        'The client needs --oauth-authorization-url and --oauth-exchange-url with https, and --oauth-scope.',
        'See homeport account add imap --help.',
      );
}

/** Shows where to sign in, on stderr, and waits until somebody did: by a code where there is an address for codes. */
export async function signInWithBrowser(
  { call }: Session,
  email: string,
  { client: unsealed, secret }: { readonly client: OAuthClient; readonly secret: string | null },
): Promise<Outcome<BrowserLogin, FailureView>> {
  const put = secret === null ? ok(null) : await call('vault.put', { secret });
  if (!put.ok) return put;
  const client = { ...unsealed, clientSecretRef: put.value?.secretRef ?? null };
  const granted = await waitForGrant(call, client, email);
  if (granted.ok) return ok({ client, secretRef: granted.value.secretRef });
  if (client.clientSecretRef !== null) await call('vault.forget', { secretRef: client.clientSecretRef });
  return granted;
}

async function waitForGrant(
  call: Session['call'],
  client: OAuthClient,
  email: string,
): Promise<Outcome<{ readonly secretRef: string }, FailureView>> {
  if (client.deviceUrl !== null) {
    const begun = await call('oauth.beginDevice', { client });
    if (!begun.ok) return begun;
    process.stderr.write(`Open ${begun.value.url} and enter ${begun.value.userCode}\n`);
    return call('oauth.finish', { signInId: begun.value.signInId });
  }
  const begun = await call('oauth.begin', { client, email });
  if (!begun.ok) return begun;
  process.stderr.write(`Open ${begun.value.url}\n`);
  return call('oauth.finish', { signInId: begun.value.signInId });
}
